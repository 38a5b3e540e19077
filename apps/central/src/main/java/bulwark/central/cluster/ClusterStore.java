package bulwark.central.cluster;

import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.INVENTORY_OBJECT;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterFields;
import bulwark.central.filter.ListFields;
import bulwark.central.filter.ListQuery;
import bulwark.central.filter.Page;
import bulwark.central.filter.ScopeCondition;
import bulwark.central.view.ClusterRow;
import bulwark.model.access.AccessScope;
import bulwark.model.inventory.ObjectType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

/// Clusters as people see them. What registering, joining, streams and removal change is in [ClusterChangeStore].
public final class ClusterStore {
    /// After so long without a word a cluster counts as disconnected, whatever its row says: its Central may be dead.
    static final Duration SILENCE = Duration.ofSeconds(90);

    private static final Map<String, String> STATUSES = Arrays.stream(ClusterRow.Status.values())
            .collect(Collectors.toUnmodifiableMap(ClusterRow.Status::name, ClusterRow.Status::name));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DSLContext db;
    private final InstantSource clock;

    public ClusterStore(DSLContext db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /// A page of the clusters that are not removed.
    public Page<ClusterRow> list(AccessScope scope, ListQuery query) throws FilterException {
        var fields = new ListFields("cluster", List.of(CLUSTER.NAME))
                .filter("cluster", FilterFields.text(CLUSTER.NAME))
                .filter("status", FilterFields.choice(status(), STATUSES, false))
                .sort("cluster", CLUSTER.NAME, CLUSTER.ID)
                .sort("createdAt", CLUSTER.CREATED_AT, CLUSTER.ID);
        return fields.read(
                db, new ListFields.Source<>(CLUSTER, columns(scope)), visible(scope), query, ClusterStore::row);
    }

    /// One cluster; empty where the caller sees none of that id.
    public Optional<ClusterRow> get(AccessScope scope, UUID id) {
        return db.select(columns(scope))
                .from(CLUSTER)
                .where(visible(scope), CLUSTER.ID.eq(id))
                .fetchOptional(ClusterStore::row);
    }

    private static Condition visible(AccessScope scope) {
        return ScopeCondition.clusters(scope, CLUSTER.ID).and(CLUSTER.REMOVED_AT.isNull());
    }

    private Field<String> status() {
        Instant silentSince = clock.instant().minus(SILENCE);
        return DSL.when(CLUSTER.LAST_CONTACT_AT.isNull(), ClusterRow.Status.NEVER_CONNECTED.name())
                .when(
                        CLUSTER.CONNECTED.isFalse().or(CLUSTER.LAST_CONTACT_AT.lt(silentSince)),
                        ClusterRow.Status.DISCONNECTED.name())
                .when(CLUSTER.SYNCING.isTrue().or(CLUSTER.LAST_SYNCED_AT.isNull()), ClusterRow.Status.SYNCING.name())
                .otherwise(ClusterRow.Status.CONNECTED.name());
    }

    private List<SelectFieldOrAsterisk> columns(AccessScope scope) {
        var workloads = DSL.select(DSL.count())
                .from(WORKLOAD)
                .where(WORKLOAD.CLUSTER_ID.eq(CLUSTER.ID))
                .and(ScopeCondition.rows(scope, WORKLOAD.CLUSTER_ID, WORKLOAD.NAMESPACE));
        var pods = DSL.select(DSL.coalesce(DSL.sum(WORKLOAD.PODS), DSL.inline(java.math.BigDecimal.ZERO)))
                .from(WORKLOAD)
                .where(WORKLOAD.CLUSTER_ID.eq(CLUSTER.ID))
                .and(ScopeCondition.rows(scope, WORKLOAD.CLUSTER_ID, WORKLOAD.NAMESPACE));
        var nodes = DSL.select(DSL.count())
                .from(INVENTORY_OBJECT)
                .where(INVENTORY_OBJECT.CLUSTER_ID.eq(CLUSTER.ID))
                .and(INVENTORY_OBJECT.TYPE.eq(ObjectType.NODE.name()))
                .and(ScopeCondition.rows(scope, INVENTORY_OBJECT.CLUSTER_ID, INVENTORY_OBJECT.NAMESPACE));
        var columns = new ArrayList<SelectFieldOrAsterisk>(List.of(
                CLUSTER.ID,
                CLUSTER.NAME,
                CLUSTER.CREATED_AT,
                CLUSTER.SENSOR_VERSION,
                CLUSTER.KUBERNETES_VERSION,
                CLUSTER.CAPABILITIES,
                CLUSTER.MISSING_PERMISSIONS,
                CLUSTER.LAST_CONTACT_AT,
                CLUSTER.LAST_SYNCED_AT,
                CLUSTER.CERTIFICATE_EXPIRES_AT));
        columns.add(status().as("status"));
        columns.add(DSL.field(workloads).as("workloads"));
        columns.add(DSL.field(pods).as("pods"));
        columns.add(DSL.field(nodes).as("nodes"));
        return columns;
    }

    private static ClusterRow row(Record row) {
        return new ClusterRow(
                row.get(CLUSTER.ID).toString(),
                row.get(CLUSTER.NAME),
                ClusterRow.Status.valueOf(row.get("status", String.class)),
                row.get(CLUSTER.SENSOR_VERSION),
                row.get(CLUSTER.KUBERNETES_VERSION),
                List.of(row.get(CLUSTER.CAPABILITIES)),
                missing(row.get(CLUSTER.MISSING_PERMISSIONS)),
                row.get(CLUSTER.LAST_CONTACT_AT),
                row.get(CLUSTER.LAST_SYNCED_AT),
                row.get(CLUSTER.CERTIFICATE_EXPIRES_AT),
                row.get(CLUSTER.CREATED_AT),
                row.get("workloads", Long.class),
                row.get("pods", Long.class),
                row.get("nodes", Long.class));
    }

    static JSONB missing(List<ClusterRow.MissingPermission> permissions) {
        try {
            return JSONB.valueOf(JSON.writeValueAsString(permissions).replace("\\u0000", "\\ufffd"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    static List<ClusterRow.MissingPermission> missing(JSONB json) {
        try {
            return JSON.readValue(json.data(), new TypeReference<List<ClusterRow.MissingPermission>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds what this class did not write", e);
        }
    }
}
