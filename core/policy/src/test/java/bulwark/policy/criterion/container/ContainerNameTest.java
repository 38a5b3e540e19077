package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ContainerNameTest {
    @Test
    void findsAContainerByItsName() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Container Name", "a.p");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].name");
            assertThat(violation.value()).isEqualTo("app");
            assertThat(violation.message()).isEqualTo("Container 'app' is called so");
        });
    }

    @Test
    void asksForTheWholeName() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Container Name", "ap");

        assertThat(found).isEmpty();
    }
}
