package bulwark.model.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A NetworkPolicy (networking.k8s.io/v1): which pods it isolates in which direction, and what it lets through.
public record NetworkPolicy(
        Metadata metadata,
        LabelSelector podSelector,
        boolean ingress,
        boolean egress,
        List<Rule> ingressRules,
        List<Rule> egressRules)
        implements InventoryObject {
    public NetworkPolicy {
        ingressRules = List.copyOf(ingressRules);
        egressRules = List.copyOf(egressRules);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.NETWORK_POLICY, "NetworkPolicy", metadata.namespace(), metadata.name());
    }

    /// What one rule lets through; no peers or no ports means any.
    public record Rule(List<Peer> peers, List<Port> ports) {
        public Rule {
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }
    }

    /// The other side: pods, or an address block with holes.
    public record Peer(
            @Nullable LabelSelector podSelector,
            @Nullable LabelSelector namespaceSelector,
            @Nullable String cidr,
            List<String> exceptCidrs) {
        public Peer {
            exceptCidrs = List.copyOf(exceptCidrs);
        }
    }

    /// A port or range; `port` is a number, a name, or absent for any.
    public record Port(
            String protocol,
            @Nullable String port,
            @Nullable Integer endPort) {}
}
