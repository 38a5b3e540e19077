package bulwark.central.flow;

import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.central.cluster.ClusterChangeStore;
import bulwark.central.inventory.InventoryBatch;
import bulwark.central.inventory.InventoryKeeper;
import bulwark.central.inventory.InventoryStore;
import bulwark.central.setting.SettingStore;
import bulwark.policy.PlatformNamespaces;
import bulwark.store.database.Database;
import bulwark.wire.ObjectHash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;

/// Objects of a cluster on their way into the database: each batch is one transaction, which holds the cluster for its
/// stream, stores, raises the versions of the workloads concerned, and resolves the alerts of those that are gone.
public final class InventoryFlow implements InventoryKeeper {
    private static final int MANY = 1_000;

    private final Database database;
    private final ClusterChangeStore clusters = new ClusterChangeStore();
    private final InventoryStore inventory = new InventoryStore();
    private final AlertFlow alerts;
    private final SettingStore settings;
    private final ChangeFeed changes;
    private final Runnable whenStored;
    private final InstantSource clock;
    private volatile Platform platform = new Platform(List.of(), PlatformNamespaces.of(List.of()));

    private record Platform(List<String> patterns, PlatformNamespaces namespaces) {}

    /// `whenStored` is run after each commit that may leave workloads to be judged.
    public InventoryFlow(
            Database database,
            AlertOutbox outbox,
            SettingStore settings,
            ChangeFeed changes,
            Runnable whenStored,
            InstantSource clock) {
        this.database = database;
        this.alerts = new AlertFlow(outbox);
        this.settings = settings;
        this.changes = changes;
        this.whenStored = whenStored;
        this.clock = clock;
    }

    @Override
    public Optional<Long> open(UUID clusterId) {
        return clusters.openInventory(database.sql(), clusterId);
    }

    @Override
    public boolean beginSync(UUID clusterId, long epoch) {
        boolean owns = clusters.syncing(database.sql(), clusterId, epoch, true, clock.instant());
        if (owns) changes.post(Change.of(Change.Kind.CLUSTER, clusterId.toString()));
        return owns;
    }

    @Override
    public List<ObjectHash> stored(UUID clusterId) {
        return inventory.hashes(database.sql(), clusterId);
    }

    /// What a batch did: whether its stream still had the cluster, and in which namespaces what changed.
    private record Outcome(boolean owned, Collection<String> objects, Collection<String> alerts) {
        static final Outcome LOST = new Outcome(false, List.of(), List.of());
    }

    @Override
    public boolean store(UUID clusterId, long epoch, InventoryBatch batch) {
        Outcome outcome = database.transaction(transaction -> store(transaction, clusterId, epoch, batch));
        post(Change.Kind.WORKLOAD, clusterId, outcome.objects());
        post(Change.Kind.ALERT, clusterId, outcome.alerts());
        if (!outcome.objects().isEmpty()) whenStored.run();
        return outcome.owned();
    }

    private void post(Change.Kind kind, UUID clusterId, Collection<String> namespaces) {
        for (String namespace : namespaces) changes.post(new Change(kind, clusterId.toString(), namespace));
    }

    private Outcome store(DSLContext transaction, UUID clusterId, long epoch, InventoryBatch batch) {
        Optional<Boolean> syncing = clusters.holdInventory(transaction, clusterId, epoch);
        if (syncing.isEmpty()) return Outcome.LOST;
        if (batch.isEmpty()) return new Outcome(true, List.of(), List.of());
        Instant now = clock.instant();
        var place = new InventoryStore.Place(clusterId, syncing.get());
        InventoryStore.Applied applied = inventory.apply(transaction, place, batch, platform(transaction), now);
        AlertFlow.Changes ended = alerts.workloadsDeleted(transaction, clusterId, applied.removedWorkloads(), now);
        return new Outcome(true, new TreeSet<>(applied.namespaces()), ended.namespaces());
    }

    private PlatformNamespaces platform(DSLContext transaction) {
        List<String> patterns = settings.read(transaction).platformNamespaces();
        Platform present = platform;
        if (present.patterns().equals(patterns)) return present.namespaces();
        var fresh = new Platform(patterns, PlatformNamespaces.of(patterns));
        platform = fresh;
        return fresh.namespaces();
    }

    @Override
    public boolean endSync(UUID clusterId, long epoch, long stored) {
        if (stored >= MANY) inventory.analyze(database.sql());
        boolean owns = database.transaction(transaction -> {
            if (!clusters.syncing(transaction, clusterId, epoch, false, clock.instant())) return false;
            inventory.countPods(transaction, clusterId);
            return true;
        });
        if (owns) {
            changes.post(Change.of(Change.Kind.CLUSTER, clusterId.toString()));
            whenStored.run();
        }
        return owns;
    }
}
