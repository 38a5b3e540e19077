package bulwark.model.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A Service: which pods it selects and how they can be reached through it. `type` is the API's word
/// (`ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`); an empty selector selects nothing.
public record Service(
        Metadata metadata,
        String type,
        Map<String, String> selector,
        List<Port> ports,
        List<String> clusterIps,
        List<String> externalIps,
        List<String> loadBalancerAddresses)
        implements InventoryObject {
    public Service {
        selector = java.util.Collections.unmodifiableMap(new TreeMap<>(selector));
        ports = List.copyOf(ports);
        clusterIps = List.copyOf(clusterIps);
        externalIps = List.copyOf(externalIps);
        loadBalancerAddresses = List.copyOf(loadBalancerAddresses);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.SERVICE, "Service", metadata.namespace(), metadata.name());
    }

    /// One port; `targetPort` is a number or the name of a container port, `nodePort` 0 where none is open.
    public record Port(String name, String protocol, int port, String targetPort, int nodePort) {}
}
