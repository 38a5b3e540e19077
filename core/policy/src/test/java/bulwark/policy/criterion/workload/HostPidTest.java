package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class HostPidTest {
    @Test
    void findsPodsThatShareItWithTheirNode() {
        var workload = Manifests.pod("""
                hostPID: true
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Host PID", "true");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.hostPID");
            assertThat(violation.value()).isEqualTo("true");
            assertThat(violation.message()).isEqualTo("The pods use the process namespace of their node");
        });
    }

    @Test
    void takesSilenceForNotShared() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Host PID", "true");

        assertThat(found).isEmpty();
    }
}
