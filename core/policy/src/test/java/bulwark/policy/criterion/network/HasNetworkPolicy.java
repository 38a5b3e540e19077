package bulwark.policy.criterion.network;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.alert.Violation;
import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.WorkloadContext;
import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What holds for both directions in which a NetworkPolicy isolates pods.
abstract class HasNetworkPolicy {
    private static final WorkloadContext SHOP = Manifests.container("");

    private final String criterion;
    private final String direction;

    HasNetworkPolicy(String criterion, String direction) {
        this.criterion = criterion;
        this.direction = direction;
    }

    @Test
    void findsThatNoNetworkPolicySelectsThePods() {
        var found = Ask.of(with(false), criterion, "false");

        assertThat(found)
                .extracting(Violation::message)
                .containsExactly("No NetworkPolicy selects the pods for " + direction);
    }

    @Test
    void leavesAloneThePodsThatOneSelects() {
        assertThat(Ask.of(with(true), criterion, "false")).isEmpty();
        assertThat(Ask.of(with(true), Ask.not(criterion, "false"))).hasSize(1);
    }

    @Test
    void doesNotGuessForAManifestAlone() {
        var said = Ask.evaluation(SHOP, Ask.policy(Ask.section(Ask.group(criterion, "false"))));

        assertThat(said.violations()).isEmpty();
        assertThat(said.undecided())
                .singleElement()
                .satisfies(undecided -> assertThat(undecided.reason())
                        .isEqualTo("the NetworkPolicies around the workload are not known"));
    }

    @Test
    void doesNotGuessWhereNetworkPoliciesMayNotBeRead() {
        var policy = Ask.policy(Ask.section(Ask.group(criterion, "false")));
        var known = with(false);

        assertThat(Ask.evaluation(known, policy).violations()).hasSize(1);
        assertThat(Ask.evaluation(known.withUnread(Set.of(ObjectType.SERVICE)), policy)
                        .violations())
                .hasSize(1);
        var said = Ask.evaluation(known.withUnread(Set.of(ObjectType.NETWORK_POLICY)), policy);
        assertThat(said.violations()).isEmpty();
        assertThat(said.undecided()).hasSize(1);
    }

    /// The workload with a policy of this direction, or of the other one.
    private WorkloadContext with(boolean isThisDirection) {
        boolean ingress = direction.equals("ingress") == isThisDirection;
        var policy = new NetworkPolicy(
                Metadata.named("store", "one"), LabelSelector.EVERYTHING, ingress, !ingress, List.of(), List.of());
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
