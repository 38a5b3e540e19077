package bulwark.policy.criterion.network;

class HasIngressNetworkPolicyTest extends HasNetworkPolicy {
    HasIngressNetworkPolicyTest() {
        super("Has Ingress Network Policy", "ingress");
    }
}
