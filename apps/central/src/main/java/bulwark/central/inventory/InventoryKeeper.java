package bulwark.central.inventory;

import bulwark.wire.ObjectHash;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Where the Inventory stream puts what it has understood; a flow joins it with clusters and alerts. A false answer
/// says that the stream has lost its cluster: it was removed, or another stream of it has opened.
public interface InventoryKeeper {
    /// Lets a stream in and answers its epoch; empty where there is no such cluster.
    Optional<Long> open(UUID clusterId);

    /// A sync begins: until it ends, the cluster's workloads are not judged.
    boolean beginSync(UUID clusterId, long epoch);

    /// Everything that is stored of a cluster.
    List<ObjectHash> stored(UUID clusterId);

    /// Stores a batch; once this returns true, it is committed.
    boolean store(UUID clusterId, long epoch, InventoryBatch batch);

    /// The sync has ended, and what is stored is what the cluster holds; it brought `stored` objects.
    boolean endSync(UUID clusterId, long epoch, long stored);
}
