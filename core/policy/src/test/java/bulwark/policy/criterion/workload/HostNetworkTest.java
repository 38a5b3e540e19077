package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class HostNetworkTest {
    @Test
    void findsPodsThatShareItWithTheirNode() {
        var workload = Manifests.pod("""
                hostNetwork: true
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Host Network", "true");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.hostNetwork");
            assertThat(violation.value()).isEqualTo("true");
            assertThat(violation.message()).isEqualTo("The pods use the network namespace of their node");
        });
    }

    @Test
    void takesSilenceForNotShared() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Host Network", "true");

        assertThat(found).isEmpty();
    }
}
