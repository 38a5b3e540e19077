package bulwark.central.cluster;

import bulwark.central.sensor.SensorConnections;
import java.time.InstantSource;
import java.util.UUID;
import org.jooq.DSLContext;

/// Removes clusters: from then on nothing of one is accepted, and its streams end at once. What is stored of it is
/// forgotten afterwards, by a loop.
public final class ClusterRemoval {
    private final ClusterChangeStore store;
    private final SensorConnections connections;
    private final InstantSource clock;

    public ClusterRemoval(ClusterChangeStore store, SensorConnections connections, InstantSource clock) {
        this.store = store;
        this.connections = connections;
        this.clock = clock;
    }

    /// Marks a cluster as removed; false where there is none.
    boolean mark(DSLContext transaction, UUID clusterId) {
        return store.remove(transaction, clusterId, clock.instant());
    }

    /// Ends the cluster's streams with this Central, once the mark is committed; other Centrals see the mark.
    void cutOff(UUID clusterId) {
        connections.end(clusterId, SensorConnections.Reason.REMOVED);
    }

    /// Removes a cluster at once; false where there is none.
    public boolean remove(DSLContext db, UUID clusterId) {
        if (!mark(db, clusterId)) return false;
        cutOff(clusterId);
        return true;
    }
}
