package bulwark.policy.criterion.network;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ExposedPortTest {
    @Test
    void findsAPortOfAContainer() {
        var workload = Manifests.container("""
                ports: [{name: ssh, containerPort: 22, protocol: TCP}]
                """);

        var found = Ask.of(workload, "Exposed Port", "22");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].ports[0].containerPort");
            assertThat(violation.value()).isEqualTo("22");
            assertThat(violation.message()).isEqualTo("Container 'app' exposes port 22/TCP");
        });
    }

    @Test
    void leavesAloneOtherPorts() {
        var workload = Manifests.container("""
                ports: [{name: ssh, containerPort: 22, protocol: TCP}]
                """);

        var found = Ask.of(workload, "Exposed Port", "> 1024");

        assertThat(found).isEmpty();
    }
}
