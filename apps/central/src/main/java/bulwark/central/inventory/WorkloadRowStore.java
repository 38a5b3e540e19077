package bulwark.central.inventory;

import static java.util.stream.Collectors.joining;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Workload;
import bulwark.policy.PlatformNamespaces;
import bulwark.store.UuidV7;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of table `workload` that go with workload documents; part of [InventoryStore].
final class WorkloadRowStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEPARATOR = "\u001f";
    private static final String UPSERT = """
            insert into workload as w
                (cluster_id, id, namespace, kind, name, images, labels, replicas, platform, created_at, changed_at)
            select ?, n.id, n.namespace, n.kind, n.name, string_to_array(n.images, ?), n.labels::jsonb, n.replicas,
                   n.platform, n.created_at, ?
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::boolean[],
                        ?::timestamptz[])
                as n (id, namespace, kind, name, images, labels, replicas, platform, created_at)
            on conflict (cluster_id, namespace, kind, name) do update
            set images = excluded.images, labels = excluded.labels, replicas = excluded.replicas,
                platform = excluded.platform, created_at = excluded.created_at, changed_at = excluded.changed_at,
                version = w.version + 1
            returning w.namespace, w.kind, w.name, (w.version = 1) as inserted""";
    private static final String DELETE = """
            delete from workload w
            using unnest(?::text[], ?::text[], ?::text[]) as n (namespace, kind, name)
            where w.cluster_id = ? and w.namespace = n.namespace and w.kind = n.kind and w.name = n.name
            returning w.id""";

    /// Writes the rows and answers the keys of those that are new.
    List<ObjectKey> upsert(
            Connection connection,
            UUID clusterId,
            List<InventoryBatch.Stored> changed,
            PlatformNamespaces platform,
            OffsetDateTime at)
            throws SQLException {
        var inserted = new ArrayList<ObjectKey>();
        if (changed.isEmpty()) return inserted;
        List<Workload> rows =
                changed.stream().map(stored -> (Workload) stored.object()).toList();
        try (PreparedStatement insert = connection.prepareStatement(UPSERT)) {
            insert.setObject(1, clusterId);
            insert.setString(2, SEPARATOR);
            insert.setObject(3, at);
            set(insert, 4, "uuid", rows.stream().map(row -> UuidV7.next()).toArray());
            setTexts(insert, 5, rows, row -> row.metadata().namespace());
            setTexts(insert, 6, rows, Workload::kind);
            setTexts(insert, 7, rows, row -> row.metadata().name());
            setTexts(insert, 8, rows, WorkloadRowStore::images);
            setTexts(insert, 9, rows, row -> labels(row));
            set(insert, 10, "int4", rows.stream().map(Workload::replicas).toArray());
            set(
                    insert,
                    11,
                    "bool",
                    rows.stream()
                            .map(row -> platform.contains(row.metadata().namespace()))
                            .toArray());
            setTexts(insert, 12, rows, row -> time(row.metadata().createdAt()));
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    if (!row.getBoolean(4)) continue;
                    inserted.add(
                            new ObjectKey(ObjectType.WORKLOAD, row.getString(2), row.getString(1), row.getString(3)));
                }
            }
        }
        return inserted;
    }

    /// Deletes rows and answers the ids they had.
    List<UUID> delete(Connection connection, UUID clusterId, Collection<ObjectKey> keys) throws SQLException {
        var removed = new ArrayList<UUID>();
        if (keys.isEmpty()) return removed;
        var list = List.copyOf(keys);
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            setTexts(delete, 1, list, ObjectKey::namespace);
            setTexts(delete, 2, list, ObjectKey::kind);
            setTexts(delete, 3, list, ObjectKey::name);
            delete.setObject(4, clusterId);
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) removed.add(row.getObject(1, UUID.class));
            }
        }
        return removed;
    }

    private static String labels(Workload workload) {
        try {
            return StoredText.of(JSON.writeValueAsString(workload.metadata().labels()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    private static String images(Workload workload) {
        return workload.podSpec().containers().stream()
                .map(Container::image)
                .map(image -> image.fullName())
                .distinct()
                .collect(joining(SEPARATOR));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC).toString();
    }

    /// One column of many rows as an array parameter, for `unnest`.
    static <T> void setTexts(PreparedStatement statement, int index, List<T> rows, Function<T, @Nullable String> column)
            throws SQLException {
        set(statement, index, "text", rows.stream().map(column).toArray(String[]::new));
    }

    static <T> void setBytes(
            PreparedStatement statement, int index, List<T> rows, Function<T, byte @Nullable []> column)
            throws SQLException {
        set(statement, index, "bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    static void set(PreparedStatement statement, int index, String type, @Nullable Object[] values)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
