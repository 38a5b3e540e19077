package bulwark.model.inventory;

import java.util.List;

/// A machine of the cluster and what it runs. `addresses` are written `Type=address`.
public record Node(
        Metadata metadata,
        boolean ready,
        boolean unschedulable,
        String kubeletVersion,
        String containerRuntime,
        String kernelVersion,
        String osImage,
        String architecture,
        String providerId,
        List<String> addresses,
        List<String> taints)
        implements InventoryObject {
    public Node {
        addresses = List.copyOf(addresses);
        taints = List.copyOf(taints);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.NODE, "Node", "", metadata.name());
    }
}
