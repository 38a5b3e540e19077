package bulwark.central.cluster;

import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.CLUSTER_REGISTRATION;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.central.view.ClusterRow;
import bulwark.model.inventory.ObjectType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What registering, joining, streams and removal change in the rows of clusters.
///
/// Each stream of a Sensor draws an epoch from the row; whoever writes with an older epoch than the row's, or for a
/// removed cluster, is refused.
public final class ClusterChangeStore {
    /// What a Sensor says of itself.
    record Introduction(
            String sensorVersion, String kubernetesVersion, String kubernetesUid, List<String> capabilities) {}

    /// A stream that was let in, and for which cluster; `kubernetesUid` is what an earlier stream said, if any.
    record Admitted(
            long epoch, String clusterName, @Nullable String kubernetesUid) {}

    /// Whether a name is free; two clusters that are not removed never have the same.
    boolean isTaken(DSLContext db, String name) {
        return db.fetchExists(CLUSTER, CLUSTER.NAME.eq(name), CLUSTER.REMOVED_AT.isNull());
    }

    void add(DSLContext transaction, UUID id, String name, Instant now) {
        transaction
                .insertInto(CLUSTER)
                .set(CLUSTER.ID, id)
                .set(CLUSTER.NAME, name)
                .set(CLUSTER.CREATED_AT, now)
                .execute();
    }

    void addRegistration(DSLContext transaction, UUID clusterId, byte[] secretHash, Instant now, Instant expiresAt) {
        transaction
                .insertInto(CLUSTER_REGISTRATION)
                .set(CLUSTER_REGISTRATION.CLUSTER_ID, clusterId)
                .set(CLUSTER_REGISTRATION.SECRET_HASH, secretHash)
                .set(CLUSTER_REGISTRATION.CREATED_AT, now)
                .set(CLUSTER_REGISTRATION.EXPIRES_AT, expiresAt)
                .execute();
    }

    /// Uses a secret up; of several who try at once, one gets the cluster's id.
    Optional<UUID> useRegistration(DSLContext transaction, byte[] secretHash, Instant now) {
        return transaction
                .update(CLUSTER_REGISTRATION)
                .set(CLUSTER_REGISTRATION.USED_AT, now)
                .where(CLUSTER_REGISTRATION.SECRET_HASH.eq(secretHash))
                .and(CLUSTER_REGISTRATION.USED_AT.isNull())
                .and(CLUSTER_REGISTRATION.EXPIRES_AT.gt(now))
                .and(CLUSTER_REGISTRATION.CLUSTER_ID.in(
                        DSL.select(CLUSTER.ID).from(CLUSTER).where(CLUSTER.REMOVED_AT.isNull())))
                .returning(CLUSTER_REGISTRATION.CLUSTER_ID)
                .fetchOptional(CLUSTER_REGISTRATION.CLUSTER_ID);
    }

    void certificate(DSLContext db, UUID clusterId, String serial, Instant expiresAt) {
        db.update(CLUSTER)
                .set(CLUSTER.CERTIFICATE_SERIAL, serial)
                .set(CLUSTER.CERTIFICATE_EXPIRES_AT, expiresAt)
                .where(CLUSTER.ID.eq(clusterId))
                .execute();
    }

    /// Lets a Control stream in; empty where there is no such cluster or it was removed. Every older one loses.
    Optional<Admitted> openControl(DSLContext db, UUID clusterId, Introduction introduction, Instant now) {
        return db.transactionResult(configuration -> {
            DSLContext transaction = configuration.dsl();
            Record row = transaction
                    .select(CLUSTER.CONTROL_EPOCH, CLUSTER.NAME, CLUSTER.KUBERNETES_UID)
                    .from(CLUSTER)
                    .where(CLUSTER.ID.eq(clusterId), CLUSTER.REMOVED_AT.isNull())
                    .forNoKeyUpdate()
                    .fetchOne();
            if (row == null) return Optional.empty();
            var admitted = new Admitted(
                    row.get(CLUSTER.CONTROL_EPOCH) + 1, row.get(CLUSTER.NAME), row.get(CLUSTER.KUBERNETES_UID));
            if (!isSameCluster(admitted.kubernetesUid(), introduction.kubernetesUid())) return Optional.of(admitted);
            transaction
                    .update(CLUSTER)
                    .set(CLUSTER.CONTROL_EPOCH, admitted.epoch())
                    .set(CLUSTER.CONNECTED, true)
                    .set(CLUSTER.LAST_CONTACT_AT, now)
                    .set(CLUSTER.SENSOR_VERSION, introduction.sensorVersion())
                    .set(CLUSTER.KUBERNETES_VERSION, introduction.kubernetesVersion())
                    .set(CLUSTER.KUBERNETES_UID, uid(admitted.kubernetesUid(), introduction.kubernetesUid()))
                    .set(CLUSTER.CAPABILITIES, introduction.capabilities().toArray(String[]::new))
                    .where(CLUSTER.ID.eq(clusterId))
                    .execute();
            return Optional.of(admitted);
        });
    }

    /// Whether what is known of the Kubernetes cluster behind an identity and what it says now agree; silence agrees.
    static boolean isSameCluster(@Nullable String known, String said) {
        return known == null || said.isEmpty() || known.equals(said);
    }

    private static @Nullable String uid(@Nullable String known, String said) {
        return said.isEmpty() ? known : said;
    }

    /// Lets an Inventory stream in; empty where there is no such cluster or it was removed. Every older one loses.
    public Optional<Long> openInventory(DSLContext db, UUID clusterId) {
        return db.update(CLUSTER)
                .set(CLUSTER.INVENTORY_EPOCH, CLUSTER.INVENTORY_EPOCH.plus(1))
                .where(CLUSTER.ID.eq(clusterId), CLUSTER.REMOVED_AT.isNull())
                .returning(CLUSTER.INVENTORY_EPOCH)
                .fetchOptional(CLUSTER.INVENTORY_EPOCH);
    }

    /// Holds the cluster for a write of the inventory until the transaction ends, and says whether it is syncing; empty
    /// where the stream has lost it.
    public Optional<Boolean> holdInventory(DSLContext transaction, UUID clusterId, long epoch) {
        return transaction
                .select(CLUSTER.SYNCING)
                .from(CLUSTER)
                .where(CLUSTER.ID.eq(clusterId), CLUSTER.REMOVED_AT.isNull())
                .and(CLUSTER.INVENTORY_EPOCH.eq(epoch))
                .forShare()
                .fetchOptional(CLUSTER.SYNCING);
    }

    /// Notes that a sync began or ended; while one runs, the cluster's workloads are not judged.
    public boolean syncing(DSLContext db, UUID clusterId, long epoch, boolean syncing, Instant now) {
        var update = db.update(CLUSTER).set(CLUSTER.SYNCING, syncing);
        if (!syncing) update = update.set(CLUSTER.LAST_SYNCED_AT, now);
        return update.where(CLUSTER.ID.eq(clusterId), CLUSTER.REMOVED_AT.isNull())
                        .and(CLUSTER.INVENTORY_EPOCH.eq(epoch))
                        .execute()
                == 1;
    }

    /// Notes what a Sensor may not read. Where that changes what is known around workloads, all of the cluster's are
    /// judged anew.
    void health(DSLContext db, UUID clusterId, List<ClusterRow.MissingPermission> missing) {
        db.transaction(configuration -> {
            DSLContext transaction = configuration.dsl();
            JSONB before = transaction
                    .select(CLUSTER.MISSING_PERMISSIONS)
                    .from(CLUSTER)
                    .where(CLUSTER.ID.eq(clusterId))
                    .forNoKeyUpdate()
                    .fetchOne(CLUSTER.MISSING_PERMISSIONS);
            if (before == null) return;
            transaction
                    .update(CLUSTER)
                    .set(CLUSTER.MISSING_PERMISSIONS, ClusterStore.missing(missing))
                    .where(CLUSTER.ID.eq(clusterId))
                    .execute();
            if (UnreadKinds.of(ClusterStore.missing(before)).equals(UnreadKinds.of(missing))) return;
            transaction
                    .update(WORKLOAD)
                    .set(WORKLOAD.VERSION, WORKLOAD.VERSION.plus(1))
                    .where(WORKLOAD.CLUSTER_ID.eq(clusterId))
                    .execute();
        });
    }

    /// The kinds of objects of a cluster that its Sensor may not read.
    public Set<ObjectType> unread(DSLContext db, UUID clusterId) {
        return db.select(CLUSTER.MISSING_PERMISSIONS)
                .from(CLUSTER)
                .where(CLUSTER.ID.eq(clusterId))
                .fetchOptional(row -> UnreadKinds.of(ClusterStore.missing(row.value1())))
                .orElse(Set.of());
    }

    void disconnected(DSLContext db, UUID clusterId, long epoch) {
        db.update(CLUSTER)
                .set(CLUSTER.CONNECTED, false)
                .where(CLUSTER.ID.eq(clusterId), CLUSTER.CONTROL_EPOCH.eq(epoch))
                .execute();
    }

    void heard(DSLContext db, Collection<UUID> clusterIds, Instant now) {
        db.update(CLUSTER)
                .set(CLUSTER.LAST_CONTACT_AT, now)
                .set(CLUSTER.CONNECTED, true)
                .where(CLUSTER.ID.in(clusterIds), CLUSTER.REMOVED_AT.isNull())
                .execute();
    }

    /// Where the streams of a cluster stand.
    record Epochs(long control, long inventory, boolean removed) {}

    Map<UUID, Epochs> epochs(DSLContext db, Collection<UUID> clusterIds) {
        return db.select(CLUSTER.ID, CLUSTER.CONTROL_EPOCH, CLUSTER.INVENTORY_EPOCH, CLUSTER.REMOVED_AT)
                .from(CLUSTER)
                .where(CLUSTER.ID.in(clusterIds))
                .fetchMap(
                        CLUSTER.ID,
                        row -> new Epochs(
                                row.get(CLUSTER.CONTROL_EPOCH),
                                row.get(CLUSTER.INVENTORY_EPOCH),
                                row.get(CLUSTER.REMOVED_AT) != null));
    }

    /// Marks a cluster as removed, from when on nothing of it is accepted; false where it is not there any more.
    boolean remove(DSLContext transaction, UUID clusterId, Instant now) {
        return transaction
                        .update(CLUSTER)
                        .set(CLUSTER.REMOVED_AT, now)
                        .set(CLUSTER.CONNECTED, false)
                        .set(CLUSTER.SYNCING, false)
                        .set(CLUSTER.CONTROL_EPOCH, CLUSTER.CONTROL_EPOCH.plus(1))
                        .set(CLUSTER.INVENTORY_EPOCH, CLUSTER.INVENTORY_EPOCH.plus(1))
                        .where(CLUSTER.ID.eq(clusterId), CLUSTER.REMOVED_AT.isNull())
                        .execute()
                == 1;
    }

    /// Removed clusters of which something may still be stored.
    public List<UUID> unpurged(DSLContext db, int limit) {
        return db.select(CLUSTER.ID)
                .from(CLUSTER)
                .where(CLUSTER.REMOVED_AT.isNotNull(), CLUSTER.PURGED_AT.isNull())
                .orderBy(CLUSTER.ID)
                .limit(limit)
                .fetch(CLUSTER.ID);
    }

    /// Notes that nothing of a removed cluster is stored any more but its alerts, which keep its name.
    public void purged(DSLContext transaction, UUID clusterId, Instant now) {
        transaction
                .deleteFrom(CLUSTER_REGISTRATION)
                .where(CLUSTER_REGISTRATION.CLUSTER_ID.eq(clusterId))
                .execute();
        transaction
                .update(CLUSTER)
                .set(CLUSTER.PURGED_AT, now)
                .where(CLUSTER.ID.eq(clusterId))
                .execute();
    }
}
