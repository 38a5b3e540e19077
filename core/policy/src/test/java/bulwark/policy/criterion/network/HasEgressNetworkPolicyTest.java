package bulwark.policy.criterion.network;

class HasEgressNetworkPolicyTest extends HasNetworkPolicy {
    HasEgressNetworkPolicyTest() {
        super("Has Egress Network Policy", "egress");
    }
}
