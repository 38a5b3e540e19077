package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ReadinessProbeDefinedTest {
    @Test
    void findsAContainerWithoutProbe() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Readiness Probe Defined", "false");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].readinessProbe");
            assertThat(violation.value()).isEqualTo("false");
            assertThat(violation.message()).isEqualTo("Container 'app' has no readiness probe");
        });
    }

    @Test
    void leavesAloneAContainerWithOne() {
        var workload = Manifests.container("""
                readinessProbe: {tcpSocket: {port: 80}}
                """);

        var found = Ask.of(workload, "Readiness Probe Defined", "false");

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
                  readinessProbe: {tcpSocket: {port: 80}}
                """);

        var found = Ask.of(workload, "Readiness Probe Defined", "false");

        assertThat(found).isEmpty();
    }
}
