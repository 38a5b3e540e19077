package bulwark.central.flow;

import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.central.cluster.ClusterChangeStore;
import bulwark.central.inventory.InventoryStore;
import bulwark.model.alert.Alert;
import bulwark.policy.alert.AlertChanges;
import bulwark.store.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/// Forgets what is stored of removed clusters, in transactions of bounded size: alerts are resolved, workloads and
/// objects deleted. Run by one loop, which after a crash goes on where the last one stopped.
public final class ClusterRemovalFlow {
    private static final int AT_ONCE = 1000;
    private static final int MOST_CLUSTERS = 100;
    private static final String REASON = "cluster removed";

    private final Database database;
    private final ClusterChangeStore clusters = new ClusterChangeStore();
    private final InventoryStore inventory = new InventoryStore();
    private final AlertFlow alerts;
    private final ChangeFeed changes;
    private final InstantSource clock;

    public ClusterRemovalFlow(Database database, AlertOutbox outbox, ChangeFeed changes, InstantSource clock) {
        this.database = database;
        this.alerts = new AlertFlow(outbox);
        this.changes = changes;
        this.clock = clock;
    }

    /// Forgets all removed clusters of which something is left.
    public void purgeRemoved() {
        for (UUID clusterId : clusters.unpurged(database.sql(), MOST_CLUSTERS)) {
            boolean more = true;
            while (more) more = database.transaction(transaction -> purgeSome(transaction, clusterId));
            changes.post(Change.of(Change.Kind.ALERT, clusterId.toString()));
            changes.post(Change.of(Change.Kind.WORKLOAD, clusterId.toString()));
            changes.post(Change.of(Change.Kind.CLUSTER, clusterId.toString()));
        }
    }

    private boolean purgeSome(DSLContext transaction, UUID clusterId) {
        Instant now = clock.instant();
        // workloads first: an evaluation that holds one is waited for, and none can begin after
        if (inventory.purgeWorkloads(transaction, clusterId, AT_ONCE) > 0) return true;
        Map<UUID, List<Alert>> open = alerts.store().openOfCluster(transaction, clusterId, AT_ONCE);
        if (!open.isEmpty()) {
            AlertFlow.Changes ended = alerts.changes(now);
            for (List<Alert> ofWorkload : open.values()) ended.resolve(resolutions(ofWorkload));
            ended.write(transaction);
            return true;
        }
        if (alerts.store().forgetSome(transaction, clusterId, AT_ONCE) > 0) return true;
        if (inventory.purge(transaction, clusterId, AT_ONCE) > 0) return true;
        clusters.purged(transaction, clusterId, now);
        return false;
    }

    private static List<AlertChanges.Resolution> resolutions(List<Alert> open) {
        var resolutions = new ArrayList<AlertChanges.Resolution>();
        for (Alert alert : open) resolutions.add(new AlertChanges.Resolution(alert, REASON));
        return resolutions;
    }
}
