package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class LivenessProbeDefinedTest {
    @Test
    void findsAContainerWithoutProbe() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Liveness Probe Defined", "false");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].livenessProbe");
            assertThat(violation.value()).isEqualTo("false");
            assertThat(violation.message()).isEqualTo("Container 'app' has no liveness probe");
        });
    }

    @Test
    void leavesAloneAContainerWithOne() {
        var workload = Manifests.container("""
                livenessProbe: {tcpSocket: {port: 80}}
                """);

        var found = Ask.of(workload, "Liveness Probe Defined", "false");

        assertThat(found).isEmpty();
    }

    @Test
    void leavesAloneInitContainersThatEnd() {
        var workload = Manifests.pod("""
                initContainers:
                - {name: prepare, image: busybox}
                containers:
                - name: app
                  image: registry.example/app:1
                  livenessProbe: {tcpSocket: {port: 80}}
                """);

        var found = Ask.of(workload, "Liveness Probe Defined", "false");

        assertThat(found).isEmpty();
    }
}
