package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class SeccompProfileTypeTest {
    @Test
    void findsAContainerThatIsUnconfined() {
        var workload = Manifests.container("""
                securityContext: {seccompProfile: {type: Unconfined}}
                """);

        var found = Ask.of(workload, "Seccomp Profile Type", "unconfined");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.seccompProfile.type");
            assertThat(violation.value()).isEqualTo("UNCONFINED");
            assertThat(violation.message()).isEqualTo("Container 'app' has a seccomp profile of type UNCONFINED");
        });
    }

    @Test
    void takesThePodsProfileWhereTheContainerIsSilent() {
        var workload = Manifests.pod("""
                securityContext: {seccompProfile: {type: RuntimeDefault}}
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Seccomp Profile Type", "RUNTIME_DEFAULT");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.securityContext.seccompProfile.type");
            assertThat(violation.value()).isEqualTo("RUNTIME_DEFAULT");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' has a seccomp profile of type RUNTIME_DEFAULT from its pod");
        });
    }

    @Test
    void findsNothingWhereNeitherIsSet() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Seccomp Profile Type", "UNCONFINED");

        assertThat(found).isEmpty();
    }

    @Test
    void findsNothingByNegationEitherWhereNeitherIsSet() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, Ask.not("Seccomp Profile Type", "RUNTIME_DEFAULT"));

        assertThat(found).isEmpty();
    }
}
