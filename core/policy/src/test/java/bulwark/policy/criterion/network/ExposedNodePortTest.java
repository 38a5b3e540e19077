package bulwark.policy.criterion.network;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ExposedNodePortTest {
    @Test
    void findsAPortThatAContainerOpensOnItsNode() {
        var workload = Manifests.container("""
                ports: [{name: ssh, containerPort: 22, protocol: TCP, hostPort: 443}]
                """);

        var found = Ask.of(workload, Ask.all("Exposed Node Port", "<= 1024", "> 0"));

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].ports[0].hostPort");
            assertThat(violation.value()).isEqualTo("443");
            assertThat(violation.message()).isEqualTo("Port 22/TCP is exposed on its node, node port 443");
        });
    }

    @Test
    void leavesAloneHigherOnes() {
        var workload = Manifests.container("""
                ports: [{name: ssh, containerPort: 22, protocol: TCP, hostPort: 8443}]
                """);

        var found = Ask.of(workload, Ask.all("Exposed Node Port", "<= 1024", "> 0"));

        assertThat(found).isEmpty();
    }
}
