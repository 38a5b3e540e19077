package bulwark.model.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pod that runs or ran. `owner` is its workload after resolving owners to the top, a bare pod's own key.
/// `spec` is what really runs, sidecars that admission injected included.
public record Pod(
        Metadata metadata,
        ObjectKey owner,
        PodSpec spec,
        String phase,
        @Nullable String podIp,
        @Nullable String hostIp,
        List<ContainerStatus> containerStatuses)
        implements InventoryObject {
    public Pod {
        containerStatuses = List.copyOf(containerStatuses);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.POD, "Pod", metadata.namespace(), metadata.name());
    }

    /// What the kubelet last said of a container. `imageId` names the digest that really runs;
    /// `containerId` is the runtime's (`containerd://…`). Both are empty before the container starts.
    public record ContainerStatus(
            String name, String containerId, String imageId, String state, String reason, int restartCount) {}
}
