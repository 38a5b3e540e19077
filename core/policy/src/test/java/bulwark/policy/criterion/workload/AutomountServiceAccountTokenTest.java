package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class AutomountServiceAccountTokenTest {
    @Test
    void takesSilenceForMounted() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Automount Service Account Token", "true");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.automountServiceAccountToken");
            assertThat(violation.value()).isEqualTo("true");
            assertThat(violation.message()).isEqualTo("The token of the ServiceAccount is mounted into the pods");
        });
    }

    @Test
    void leavesAloneThePodThatForbidsIt() {
        var workload = Manifests.pod("""
                automountServiceAccountToken: false
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Automount Service Account Token", "true");

        assertThat(found).isEmpty();
    }
}
