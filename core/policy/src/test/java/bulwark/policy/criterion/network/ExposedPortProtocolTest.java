package bulwark.policy.criterion.network;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ExposedPortProtocolTest {
    @Test
    void comparesWithoutRegardToCase() {
        var workload = Manifests.container("""
                ports: [{name: ssh, containerPort: 22, protocol: TCP}]
                """);

        var found = Ask.of(workload, "Exposed Port Protocol", "tcp");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].ports[0].protocol");
            assertThat(violation.value()).isEqualTo("TCP");
            assertThat(violation.message()).isEqualTo("Container 'app' exposes port 22/TCP");
        });
    }

    @Test
    void leavesAloneOtherProtocols() {
        var workload = Manifests.container("""
                ports: [{name: ssh, containerPort: 22, protocol: TCP}]
                """);

        var found = Ask.of(workload, "Exposed Port Protocol", "UDP");

        assertThat(found).isEmpty();
    }
}
