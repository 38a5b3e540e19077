package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    @Test
    void comparesHowManyPodsAreAskedFor() {
        var workload = Manifests.of("Deployment", "{name: shop}", "replicas: 5");

        var found = Ask.of(workload, "Replicas", ">=5");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.replicas");
            assertThat(violation.value()).isEqualTo("5");
            assertThat(violation.message()).isEqualTo("The workload asks for 5 replicas");
        });
    }

    @Test
    void leavesAloneWhatComparesOtherwise() {
        assertThat(Ask.of(Manifests.of("Deployment", "{name: shop}", "replicas: 2"), "Replicas", ">=5"))
                .isEmpty();
    }

    @Test
    void takesSilenceForOne() {
        assertThat(Ask.of(Manifests.of("Deployment", "{name: shop}", ""), "Replicas", "1"))
                .hasSize(1);
    }

    @Test
    void leavesAloneKindsWithoutReplicas() {
        assertThat(Ask.of(Manifests.of("DaemonSet", "{name: shop}", ""), "Replicas", "0"))
                .isEmpty();
    }
}
