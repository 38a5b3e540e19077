package bulwark.central.inventory;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import bulwark.policy.PlatformNamespaces;
import bulwark.wire.ObjectHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Inventory objects and workload rows in PostgreSQL. All writes of a batch happen in the caller's transaction, and
/// raise the version of every workload that has to be judged anew.
public final class InventoryStore {
    private static final String UPSERT = """
            insert into inventory_object as o
                (cluster_id, type, namespace, kind, name, hash, document, owner_kind, owner_name, shape, changed_at)
            select ?, n.type, n.namespace, n.kind, n.name, n.hash, n.document::jsonb, n.owner_kind, n.owner_name, n.shape, ?
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                as n (type, namespace, kind, name, hash, document, owner_kind, owner_name, shape)
            on conflict (cluster_id, type, namespace, kind, name) do update
            set hash = excluded.hash, document = excluded.document, owner_kind = excluded.owner_kind,
                owner_name = excluded.owner_name, shape = excluded.shape, changed_at = excluded.changed_at
            where o.hash <> excluded.hash
            returning type, namespace, kind, name""";
    private static final String DELETE = """
            delete from inventory_object o
            using unnest(?::text[], ?::text[], ?::text[], ?::text[]) as n (type, namespace, kind, name)
            where o.cluster_id = ? and o.type = n.type and o.namespace = n.namespace and o.kind = n.kind
              and o.name = n.name
            returning o.type, o.namespace, o.kind, o.name, o.owner_kind, o.owner_name""";
    private static final String OWNERS = """
            select o.namespace, o.owner_kind, o.owner_name, o.name, o.shape
            from inventory_object o join unnest(?::text[], ?::text[]) as n (namespace, name)
              on o.namespace = n.namespace and o.name = n.name
            where o.cluster_id = ? and o.type = 'POD' and o.kind = 'Pod' and o.owner_name is not null""";
    private static final String COUNT_PODS = """
            update workload w
            set pods = c.pods, pod_shapes = c.shapes,
                version = w.version + case when w.pod_shapes is distinct from c.shapes then 1 else 0 end
            from (select n.namespace, n.kind, n.name, count(p.name)::int as pods,
                         sha256(string_agg(distinct p.shape, ''::bytea order by p.shape)) as shapes
                  from unnest(?::text[], ?::text[], ?::text[]) as n (namespace, kind, name)
                  left join inventory_object p on p.cluster_id = ? and p.type = 'POD' and p.namespace = n.namespace
                       and p.owner_kind = n.kind and p.owner_name = n.name
                  group by n.namespace, n.kind, n.name) as c
            where w.cluster_id = ? and w.namespace = c.namespace and w.kind = c.kind and w.name = c.name
              and (w.pods <> c.pods or w.pod_shapes is distinct from c.shapes)""";
    private static final String COUNT_ALL_PODS = """
            update workload w
            set pods = c.pods, pod_shapes = c.shapes,
                version = w.version + case when w.pod_shapes is distinct from c.shapes then 1 else 0 end
            from (select o.id, coalesce(p.pods, 0) as pods, p.shapes
                  from workload o
                  left join (select namespace, owner_kind, owner_name, count(*)::int as pods,
                                    sha256(string_agg(distinct shape, ''::bytea order by shape)) as shapes
                             from inventory_object
                             where cluster_id = ? and type = 'POD' and owner_name is not null
                             group by namespace, owner_kind, owner_name) as p
                    on p.namespace = o.namespace and p.owner_kind = o.kind and p.owner_name = o.name
                  where o.cluster_id = ?) as c
            where w.cluster_id = ? and w.id = c.id and (w.pods <> c.pods or w.pod_shapes is distinct from c.shapes)""";
    private static final String HASHES =
            "select type, namespace, kind, name, hash from inventory_object where cluster_id = ?";
    private static final String PURGE = """
            delete from inventory_object
            where ctid = any (array(select ctid from inventory_object where cluster_id = ? limit ?))""";
    private static final String PURGE_WORKLOADS = """
            delete from workload
            where ctid = any (array(select ctid from workload where cluster_id = ? limit ? for update))""";
    private static final String RAISE_NAMESPACES =
            "update workload set version = version + 1 where cluster_id = ? and namespace = any (?::text[])";
    private static final String ANALYZE = "analyze inventory_object, workload";

    private final WorkloadRowStore workloads = new WorkloadRowStore();

    /// The hashes of everything stored of a cluster.
    public List<ObjectHash> hashes(DSLContext db, UUID clusterId) {
        return db.connectionResult(connection -> {
            var found = new ArrayList<ObjectHash>();
            try (PreparedStatement select = connection.prepareStatement(HASHES)) {
                select.setObject(1, clusterId);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) found.add(new ObjectHash(key(row), row.getLong(5)));
                }
            }
            return found;
        });
    }

    /// Deletes some objects of a removed cluster; answers how many.
    public int purge(DSLContext transaction, UUID clusterId, int limit) {
        return purge(transaction, PURGE, clusterId, limit);
    }

    /// Deletes some workload rows of a removed cluster; answers how many.
    public int purgeWorkloads(DSLContext transaction, UUID clusterId, int limit) {
        return purge(transaction, PURGE_WORKLOADS, clusterId, limit);
    }

    private static int purge(DSLContext transaction, String statement, UUID clusterId, int limit) {
        return transaction.connectionResult(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(statement)) {
                delete.setObject(1, clusterId);
                delete.setInt(2, limit);
                return delete.executeUpdate();
            }
        });
    }

    /// What a batch changed: `changed` and `deleted` count objects, `removedWorkloads` are the ids of workloads
    /// that are gone, `namespaces` those whose lists changed.
    public record Applied(int changed, int deleted, List<UUID> removedWorkloads, Set<String> namespaces) {
        public Applied {
            removedWorkloads = List.copyOf(removedWorkloads);
            namespaces = Set.copyOf(namespaces);
        }

        /// Whether anything is different from before.
        public boolean isChange() {
            return changed + deleted > 0;
        }
    }

    /// Where a batch belongs: its cluster, and whether that is syncing. While it is, pods are left uncounted for
    /// [#countPods] at the end.
    public record Place(UUID clusterId, boolean syncing) {}

    /// Stores a batch. What is stored already with the same hash, or is gone already, changes nothing.
    public Applied apply(
            DSLContext transaction, Place place, InventoryBatch batch, PlatformNamespaces platform, Instant now) {
        return transaction.connectionResult(connection -> apply(connection, place, batch, platform, now));
    }

    /// Lets PostgreSQL look at what there is now: it plans by what it saw last, and after a first sync that is nothing.
    public void analyze(DSLContext db) {
        db.execute(ANALYZE);
    }

    /// Counts the pods of all workloads of a cluster.
    public void countPods(DSLContext transaction, UUID clusterId) {
        transaction.execute(COUNT_ALL_PODS, clusterId, clusterId, clusterId);
    }

    private Applied apply(
            Connection connection, Place place, InventoryBatch batch, PlatformNamespaces platform, Instant now)
            throws SQLException {
        UUID clusterId = place.clusterId();
        var at = now.atOffset(ZoneOffset.UTC);
        var touched = new Touched();
        Map<ObjectKey, OwnedPod> before =
                place.syncing() ? Map.of() : podsBefore(connection, clusterId, batch.upserts());
        Set<ObjectKey> changed = upsert(connection, clusterId, batch.upserts(), at);
        var changedWorkloads = new ArrayList<InventoryBatch.Stored>();
        for (var stored : batch.upserts()) {
            if (!changed.contains(stored.key())) continue;
            if (stored.key().type() == ObjectType.WORKLOAD) changedWorkloads.add(stored);
            touched.upserted(stored, before.get(stored.key()));
        }
        int deleted = delete(connection, clusterId, batch.deletes(), touched);
        for (ObjectKey inserted : workloads.upsert(connection, clusterId, changedWorkloads, platform, at)) {
            touched.owners.add(inserted);
        }
        List<UUID> removed = workloads.delete(connection, clusterId, touched.deletedWorkloads);
        if (!place.syncing()) countPods(connection, clusterId, touched.owners);
        raiseNamespaces(connection, clusterId, touched.contexts);
        return new Applied(changed.size(), deleted, removed, touched.namespaces);
    }

    /// What a batch concerns beside the objects themselves.
    private static final class Touched {
        private final Set<ObjectKey> owners = new LinkedHashSet<>();
        private final Set<ObjectKey> deletedWorkloads = new LinkedHashSet<>();
        private final Set<String> contexts = new HashSet<>();
        private final Set<String> namespaces = new HashSet<>();

        void upserted(InventoryBatch.Stored stored, @Nullable OwnedPod before) {
            namespaces.add(stored.key().namespace());
            context(stored.key());
            if (stored.object() instanceof Pod pod) {
                if (before != null
                        && before.owner().equals(pod.owner())
                        && Arrays.equals(before.shape(), PodShape.of(pod))) {
                    return;
                }
                if (before != null) owners.add(before.owner());
                owners.add(pod.owner());
            }
        }

        void deleted(ObjectKey key, @Nullable ObjectKey owner) {
            namespaces.add(key.namespace());
            context(key);
            if (key.type() == ObjectType.WORKLOAD) deletedWorkloads.add(key);
            if (owner != null) owners.add(owner);
        }

        private void context(ObjectKey key) {
            switch (key.type()) {
                case SERVICE, INGRESS, NETWORK_POLICY, SERVICE_ACCOUNT -> contexts.add(key.namespace());
                case NAMESPACE -> contexts.add(key.name());
                case WORKLOAD, POD, NODE, ROLE, ROLE_BINDING, SECRET, CONFIG_MAP -> {}
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record OwnedPod(ObjectKey owner, byte[] shape) {}

    private static Map<ObjectKey, OwnedPod> podsBefore(
            Connection connection, UUID clusterId, List<InventoryBatch.Stored> upserts) throws SQLException {
        var pods = upserts.stream()
                .map(InventoryBatch.Stored::key)
                .filter(key -> key.type() == ObjectType.POD)
                .toList();
        var found = new HashMap<ObjectKey, OwnedPod>();
        if (pods.isEmpty()) return found;
        try (PreparedStatement select = connection.prepareStatement(OWNERS)) {
            WorkloadRowStore.setTexts(select, 1, pods, ObjectKey::namespace);
            WorkloadRowStore.setTexts(select, 2, pods, ObjectKey::name);
            select.setObject(3, clusterId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    var owner =
                            new ObjectKey(ObjectType.WORKLOAD, row.getString(2), row.getString(1), row.getString(3));
                    var key = new ObjectKey(ObjectType.POD, "Pod", row.getString(1), row.getString(4));
                    found.put(key, new OwnedPod(owner, row.getBytes(5)));
                }
            }
        }
        return found;
    }

    private static Set<ObjectKey> upsert(
            Connection connection, UUID clusterId, List<InventoryBatch.Stored> upserts, OffsetDateTime at)
            throws SQLException {
        var changed = new HashSet<ObjectKey>();
        if (upserts.isEmpty()) return changed;
        try (PreparedStatement insert = connection.prepareStatement(UPSERT)) {
            insert.setObject(1, clusterId);
            insert.setObject(2, at);
            WorkloadRowStore.setTexts(
                    insert, 3, upserts, stored -> stored.key().type().name());
            WorkloadRowStore.setTexts(insert, 4, upserts, stored -> stored.key().namespace());
            WorkloadRowStore.setTexts(insert, 5, upserts, stored -> stored.key().kind());
            WorkloadRowStore.setTexts(insert, 6, upserts, stored -> stored.key().name());
            WorkloadRowStore.set(
                    insert,
                    7,
                    "int8",
                    upserts.stream().map(InventoryBatch.Stored::hash).toArray());
            WorkloadRowStore.setTexts(insert, 8, upserts, stored -> StoredText.of(stored.json()));
            WorkloadRowStore.setTexts(
                    insert,
                    9,
                    upserts,
                    stored -> stored.object() instanceof Pod pod ? pod.owner().kind() : null);
            WorkloadRowStore.setTexts(
                    insert,
                    10,
                    upserts,
                    stored -> stored.object() instanceof Pod pod ? pod.owner().name() : null);
            WorkloadRowStore.setBytes(
                    insert, 11, upserts, stored -> stored.object() instanceof Pod pod ? PodShape.of(pod) : null);
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) changed.add(key(row));
            }
        }
        return changed;
    }

    private static int delete(Connection connection, UUID clusterId, List<ObjectKey> keys, Touched touched)
            throws SQLException {
        if (keys.isEmpty()) return 0;
        int deleted = 0;
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            WorkloadRowStore.setTexts(delete, 1, keys, key -> key.type().name());
            WorkloadRowStore.setTexts(delete, 2, keys, ObjectKey::namespace);
            WorkloadRowStore.setTexts(delete, 3, keys, ObjectKey::kind);
            WorkloadRowStore.setTexts(delete, 4, keys, ObjectKey::name);
            delete.setObject(5, clusterId);
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    deleted++;
                    ObjectKey key = key(row);
                    String owner = row.getString(6);
                    touched.deleted(
                            key,
                            owner == null
                                    ? null
                                    : new ObjectKey(ObjectType.WORKLOAD, row.getString(5), key.namespace(), owner));
                }
            }
        }
        return deleted;
    }

    private static void countPods(Connection connection, UUID clusterId, Set<ObjectKey> owners) throws SQLException {
        if (owners.isEmpty()) return;
        var list = List.copyOf(owners);
        try (PreparedStatement update = connection.prepareStatement(COUNT_PODS)) {
            WorkloadRowStore.setTexts(update, 1, list, ObjectKey::namespace);
            WorkloadRowStore.setTexts(update, 2, list, ObjectKey::kind);
            WorkloadRowStore.setTexts(update, 3, list, ObjectKey::name);
            update.setObject(4, clusterId);
            update.setObject(5, clusterId);
            update.executeUpdate();
        }
    }

    private static void raiseNamespaces(Connection connection, UUID clusterId, Set<String> namespaces)
            throws SQLException {
        if (namespaces.isEmpty()) return;
        try (PreparedStatement update = connection.prepareStatement(RAISE_NAMESPACES)) {
            update.setObject(1, clusterId);
            WorkloadRowStore.setTexts(update, 2, List.copyOf(namespaces), namespace -> namespace);
            update.executeUpdate();
        }
    }

    private static ObjectKey key(ResultSet row) throws SQLException {
        return new ObjectKey(
                ObjectType.valueOf(row.getString(1)), row.getString(3), row.getString(2), row.getString(4));
    }
}
