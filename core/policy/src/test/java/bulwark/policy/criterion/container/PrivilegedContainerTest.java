package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class PrivilegedContainerTest {
    @Test
    void findsAPrivilegedContainer() {
        var workload = Manifests.container("""
                securityContext: {privileged: true}
                """);

        var found = Ask.of(workload, "Privileged Container", "true");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].securityContext.privileged");
            assertThat(violation.value()).isEqualTo("true");
            assertThat(violation.message()).isEqualTo("Container 'app' is privileged");
        });
    }

    @Test
    void takesSilenceForNotPrivileged() {
        var workload = Manifests.container("""
                securityContext: {}
                """);

        var found = Ask.of(workload, "Privileged Container", "true");

        assertThat(found).isEmpty();
    }
}
