package bulwark.central.flow;

import bulwark.central.view.StoredDocuments;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.Namespace;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.ServiceAccount;
import bulwark.model.inventory.Workload;
import bulwark.model.policy.Policy;
import bulwark.wire.Documents;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// What an evaluation reads: workloads that wait, what stands around them, the policies. All in the transaction that
/// holds the workloads.
final class EvaluationStore {
    private static final String CLAIM = """
            select w.cluster_id, w.id, w.namespace, w.kind, w.name, w.version, w.platform, c.name
            from workload w join cluster c on c.id = w.cluster_id
            where w.evaluated_version < w.version and not c.syncing and c.removed_at is null
            order by w.cluster_id, w.id
            limit ?
            for update of w skip locked""";
    private static final String WORKLOADS = """
            select o.namespace, o.kind, o.name, o.document::text
            from inventory_object o join unnest(?::text[], ?::text[], ?::text[]) as n (namespace, kind, name)
              on o.namespace = n.namespace and o.kind = n.kind and o.name = n.name
            where o.cluster_id = ? and o.type = 'WORKLOAD'""";
    private static final String AROUND = """
            select type, document::text from inventory_object
            where cluster_id = ? and type in ('SERVICE', 'INGRESS', 'NETWORK_POLICY') and namespace = any (?::text[])
            union all
            select type, document::text from inventory_object
            where cluster_id = ? and type = 'NAMESPACE' and namespace = '' and kind = 'Namespace' and name = any (?::text[])
            union all
            select o.type, o.document::text
            from inventory_object o join unnest(?::text[], ?::text[]) as n (namespace, name)
              on o.namespace = n.namespace and o.name = n.name
            where o.cluster_id = ? and o.type = 'SERVICE_ACCOUNT' and o.kind = 'ServiceAccount'""";
    private static final String PODS = """
            select p.namespace, p.owner_kind, p.owner_name, p.document::text
            from (select o.namespace, o.owner_kind, o.owner_name, o.shape, min(o.name) as name,
                         row_number() over (partition by o.namespace, o.owner_kind, o.owner_name order by o.shape) as nth
                  from inventory_object o join unnest(?::text[], ?::text[], ?::text[]) as n (namespace, kind, name)
                    on o.namespace = n.namespace and o.owner_kind = n.kind and o.owner_name = n.name
                  where o.cluster_id = ? and o.type = 'POD'
                  group by o.namespace, o.owner_kind, o.owner_name, o.shape) as s
            join inventory_object p on p.cluster_id = ? and p.type = 'POD' and p.namespace = s.namespace
                 and p.kind = 'Pod' and p.name = s.name
            where s.nth <= ?
            order by p.namespace, p.owner_kind, p.owner_name, s.nth""";
    private static final int MOST_SHAPES = 20;

    private final Documents documents;
    private final StoredDocuments stored = new StoredDocuments();

    EvaluationStore(Documents documents) {
        this.documents = documents;
    }

    /// A workload that waits to be judged, held by the transaction.
    record Claimed(UUID clusterId, String clusterName, UUID id, ObjectKey key, long version, boolean platform) {}

    /// Takes some workloads that wait, leaving those that another Central has in hand or whose cluster is syncing.
    List<Claimed> claim(DSLContext transaction, int limit) {
        return transaction.connectionResult(connection -> {
            var claimed = new ArrayList<Claimed>();
            try (PreparedStatement select = connection.prepareStatement(CLAIM)) {
                select.setInt(1, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        claimed.add(new Claimed(
                                row.getObject(1, UUID.class),
                                row.getString(8),
                                row.getObject(2, UUID.class),
                                new ObjectKey(
                                        ObjectType.WORKLOAD, row.getString(4), row.getString(3), row.getString(5)),
                                row.getLong(6),
                                row.getBoolean(7)));
                    }
                }
            }
            return claimed;
        });
    }

    /// What a policy says and whether it is on; the text of its document and time tell whether it changed.
    record StoredPolicy(UUID id, boolean disabled, Instant changedAt) {}

    List<StoredPolicy> policyStates(DSLContext transaction) {
        return transaction
                .fetch("select id, disabled, changed_at from policy order by id")
                .map(row ->
                        new StoredPolicy(row.get(0, UUID.class), row.get(1, Boolean.class), row.get(2, Instant.class)));
    }

    List<Policy> policies(DSLContext transaction) {
        return transaction
                .fetch("select document, disabled from policy order by id")
                .map(row -> stored.policy(row.get(0, JSONB.class).data()).withDisabled(row.get(1, Boolean.class)));
    }

    /// The documents of workloads of one cluster; one that cannot be read is left out.
    Map<ObjectKey, Workload> workloads(DSLContext transaction, UUID clusterId, Collection<ObjectKey> keys) {
        return transaction.connectionResult(connection -> {
            var found = new HashMap<ObjectKey, Workload>();
            try (PreparedStatement select = connection.prepareStatement(WORKLOADS)) {
                setKeys(select, keys);
                select.setObject(4, clusterId);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        var key = new ObjectKey(
                                ObjectType.WORKLOAD, row.getString(2), row.getString(1), row.getString(3));
                        if (read(ObjectType.WORKLOAD, row.getString(4)) instanceof Workload workload) {
                            found.put(key, workload);
                        }
                    }
                }
            }
            return found;
        });
    }

    private static void setKeys(PreparedStatement statement, Collection<ObjectKey> keys) throws SQLException {
        setTexts(statement, 1, keys.stream().map(ObjectKey::namespace).toList());
        setTexts(statement, 2, keys.stream().map(ObjectKey::kind).toList());
        setTexts(statement, 3, keys.stream().map(ObjectKey::name).toList());
    }

    private static void setTexts(PreparedStatement statement, int index, Collection<String> texts) throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray(String[]::new)));
    }

    private @Nullable InventoryObject read(ObjectType type, String json) {
        try {
            return documents.read(type, json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedFileException _) {
            return null; // it was read when it was stored: a newer Central wrote it; the caller sees that it lacks
        }
    }

    /// What stands in the namespaces of the given workloads of one cluster.
    Map<String, NamespaceObjects> around(
            DSLContext transaction, UUID clusterId, String clusterName, Collection<Workload> workloads) {
        var builders = new LinkedHashMap<String, Around>();
        for (Workload workload : workloads) {
            builders.computeIfAbsent(workload.metadata().namespace(), _ -> new Around());
        }
        var accounts = workloads.stream()
                .map(each -> List.of(each.metadata().namespace(), NamespaceObjects.accountOf(each)))
                .distinct()
                .toList();
        transaction.connection(connection -> {
            try (PreparedStatement select = connection.prepareStatement(AROUND)) {
                select.setObject(1, clusterId);
                setTexts(select, 2, builders.keySet());
                select.setObject(3, clusterId);
                setTexts(select, 4, builders.keySet());
                setTexts(select, 5, accounts.stream().map(List::getFirst).toList());
                setTexts(select, 6, accounts.stream().map(List::getLast).toList());
                select.setObject(7, clusterId);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        var object = read(ObjectType.valueOf(row.getString(1)), row.getString(2));
                        if (object != null) add(builders, object);
                    }
                }
            }
        });
        var found = new HashMap<String, NamespaceObjects>();
        builders.forEach((namespace, builder) -> found.put(namespace, builder.build(clusterId, clusterName)));
        return found;
    }

    private static void add(Map<String, Around> builders, InventoryObject object) {
        String namespace = object instanceof Namespace
                ? object.metadata().name()
                : object.metadata().namespace();
        Around around = builders.get(namespace);
        if (around == null) return;
        switch (object) {
            case Service service -> around.services.add(service);
            case Ingress ingress -> around.ingresses.add(ingress);
            case NetworkPolicy policy -> around.networkPolicies.add(policy);
            case ServiceAccount account ->
                around.accounts.put(account.metadata().name(), account);
            case Namespace self -> around.labels.putAll(self.metadata().labels());
            default -> throw new IllegalStateException("not asked for: " + object.key());
        }
    }

    private static final class Around {
        private final Map<String, String> labels = new HashMap<>();
        private final List<Service> services = new ArrayList<>();
        private final List<Ingress> ingresses = new ArrayList<>();
        private final List<NetworkPolicy> networkPolicies = new ArrayList<>();
        private final Map<String, ServiceAccount> accounts = new HashMap<>();

        NamespaceObjects build(UUID clusterId, String clusterName) {
            return new NamespaceObjects(
                    clusterId.toString(), clusterName, labels, services, ingresses, networkPolicies, accounts);
        }
    }

    /// One pod of each shape of the given workloads.
    Map<ObjectKey, List<Pod>> pods(DSLContext transaction, UUID clusterId, Collection<ObjectKey> workloads) {
        return transaction.connectionResult(connection -> {
            var found = new HashMap<ObjectKey, List<Pod>>();
            try (PreparedStatement select = connection.prepareStatement(PODS)) {
                setKeys(select, workloads);
                select.setObject(4, clusterId);
                select.setObject(5, clusterId);
                select.setInt(6, MOST_SHAPES);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        var owner = new ObjectKey(
                                ObjectType.WORKLOAD, row.getString(2), row.getString(1), row.getString(3));
                        if (read(ObjectType.POD, row.getString(4)) instanceof Pod pod) {
                            found.computeIfAbsent(owner, _ -> new ArrayList<>()).add(pod);
                        }
                    }
                }
            }
            return found;
        });
    }
}
