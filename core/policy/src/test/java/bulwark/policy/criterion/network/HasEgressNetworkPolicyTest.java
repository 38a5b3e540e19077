package bulwark.policy.criterion.network;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.alert.Violation;
import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.WorkloadContext;
import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HasEgressNetworkPolicyTest {
    private static final WorkloadContext SHOP = Manifests.container("");

    @Test
    void findsThatNoNetworkPolicySelectsThePods() {
        var found = Ask.of(with(true, false), "Has Egress Network Policy", "false");

        assertThat(found)
                .extracting(Violation::message)
                .containsExactly("No NetworkPolicy selects the pods for egress");
    }

    @Test
    void leavesAloneThePodsThatOneSelects() {
        assertThat(Ask.of(with(false, true), "Has Egress Network Policy", "false"))
                .isEmpty();
        assertThat(Ask.of(with(false, true), Ask.not("Has Egress Network Policy", "false")))
                .hasSize(1);
    }

    @Test
    void doesNotGuessForAManifestAlone() {
        var said = Ask.evaluation(SHOP, Ask.policy(Ask.section(Ask.group("Has Egress Network Policy", "false"))));

        assertThat(said.violations()).isEmpty();
        assertThat(said.undecided())
                .singleElement()
                .satisfies(undecided -> assertThat(undecided.reason())
                        .isEqualTo("the NetworkPolicies around the workload are not known"));
    }

    private static WorkloadContext with(boolean ingress, boolean egress) {
        var policy = new NetworkPolicy(
                Metadata.named("store", "one"), LabelSelector.EVERYTHING, ingress, egress, List.of(), List.of());
        return new WorkloadContext(
                SHOP.workload(),
                "c1",
                "main",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(policy),
                null,
                List.of());
    }
}
