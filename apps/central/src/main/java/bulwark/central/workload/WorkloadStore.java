package bulwark.central.workload;

import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.INVENTORY_OBJECT;
import static bulwark.central.tables.Tables.POLICY;
import static bulwark.central.tables.Tables.UNDECIDED;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterFields;
import bulwark.central.filter.ListFields;
import bulwark.central.filter.ListQuery;
import bulwark.central.filter.Page;
import bulwark.central.filter.ScopeCondition;
import bulwark.central.view.AlertRow;
import bulwark.central.view.SeverityCounts;
import bulwark.central.view.StoredDocuments;
import bulwark.central.view.WorkloadKey;
import bulwark.central.view.WorkloadRow;
import bulwark.model.access.AccessScope;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Workloads as people see them; the inventory writes them.
public final class WorkloadStore {
    private static final int MOST_PODS = 500;
    private static final int MOST_UNDECIDED = 500;
    private static final Field<Integer> ALERTS = WORKLOAD.LOW_ALERTS
            .plus(WORKLOAD.MEDIUM_ALERTS)
            .plus(WORKLOAD.HIGH_ALERTS)
            .plus(WORKLOAD.CRITICAL_ALERTS);
    private static final Table<?> TABLE =
            WORKLOAD.join(CLUSTER).on(CLUSTER.ID.eq(WORKLOAD.CLUSTER_ID)).and(CLUSTER.REMOVED_AT.isNull());
    private static final List<SelectFieldOrAsterisk> COLUMNS = columns();

    private final DSLContext db;
    private final StoredDocuments documents;
    private final ListFields fields = new ListFields("-alerts", List.of(WORKLOAD.NAME, WORKLOAD.NAMESPACE))
            .filter("cluster", FilterFields.exact(CLUSTER.NAME))
            .filter("clusterId", FilterFields.identifier(WORKLOAD.CLUSTER_ID))
            .filter("namespace", FilterFields.exact(WORKLOAD.NAMESPACE))
            .filter("kind", FilterFields.text(WORKLOAD.KIND))
            .filter("workload", FilterFields.exact(WORKLOAD.NAME))
            .filter("image", FilterFields.anyOf(WORKLOAD.IMAGES))
            .filter("label", FilterFields.label(WORKLOAD.LABELS))
            .filter("platform", FilterFields.flag(WORKLOAD.PLATFORM.isTrue()))
            .filter("alerts", FilterFields.number(ALERTS))
            .filter("pods", FilterFields.number(WORKLOAD.PODS))
            .sort(
                    "alerts",
                    WORKLOAD.CRITICAL_ALERTS,
                    WORKLOAD.HIGH_ALERTS,
                    WORKLOAD.MEDIUM_ALERTS,
                    WORKLOAD.LOW_ALERTS,
                    WORKLOAD.CLUSTER_ID,
                    WORKLOAD.ID)
            .sort("workload", WORKLOAD.NAME, WORKLOAD.NAMESPACE, WORKLOAD.ID)
            .sort("namespace", WORKLOAD.NAMESPACE, WORKLOAD.NAME, WORKLOAD.ID)
            .sort("kind", WORKLOAD.KIND, WORKLOAD.NAME, WORKLOAD.ID)
            .sort("pods", WORKLOAD.PODS, WORKLOAD.NAME, WORKLOAD.ID);

    public WorkloadStore(DSLContext db, StoredDocuments documents) {
        this.db = db;
        this.documents = documents;
    }

    private static List<SelectFieldOrAsterisk> columns() {
        var columns = new ArrayList<SelectFieldOrAsterisk>(List.of(
                WORKLOAD.CLUSTER_ID,
                WORKLOAD.ID,
                WORKLOAD.NAMESPACE,
                WORKLOAD.KIND,
                WORKLOAD.NAME,
                WORKLOAD.IMAGES,
                WORKLOAD.REPLICAS,
                WORKLOAD.PODS,
                WORKLOAD.PLATFORM,
                WORKLOAD.CREATED_AT,
                WORKLOAD.LOW_ALERTS,
                WORKLOAD.MEDIUM_ALERTS,
                WORKLOAD.HIGH_ALERTS,
                WORKLOAD.CRITICAL_ALERTS));
        columns.add(CLUSTER.NAME);
        return columns;
    }

    public Page<WorkloadRow> list(AccessScope scope, ListQuery query) throws FilterException {
        var source = new ListFields.Source<>(TABLE, COLUMNS);
        return fields.read(db, source, visible(scope), query, WorkloadStore::row);
    }

    /// The user's workloads with the worst open alerts.
    public List<WorkloadRow> worst(AccessScope scope, int limit) {
        return db.select(COLUMNS)
                .from(TABLE)
                .where(visible(scope), WORKLOAD.PLATFORM.isFalse(), ALERTS.gt(0))
                .orderBy(
                        WORKLOAD.CRITICAL_ALERTS.desc(),
                        WORKLOAD.HIGH_ALERTS.desc(),
                        WORKLOAD.MEDIUM_ALERTS.desc(),
                        WORKLOAD.LOW_ALERTS.desc(),
                        WORKLOAD.CLUSTER_ID.desc(),
                        WORKLOAD.ID.desc())
                .limit(limit)
                .fetch(WorkloadStore::row);
    }

    /// One workload; its alerts are read elsewhere and given.
    Optional<WorkloadDetail> find(AccessScope scope, UUID id, List<AlertRow> alerts) {
        return db.select(COLUMNS)
                .select(INVENTORY_OBJECT.DOCUMENT)
                .from(TABLE.leftJoin(INVENTORY_OBJECT)
                        .on(INVENTORY_OBJECT.CLUSTER_ID.eq(WORKLOAD.CLUSTER_ID))
                        .and(INVENTORY_OBJECT.TYPE.eq(ObjectType.WORKLOAD.name()))
                        .and(INVENTORY_OBJECT.NAMESPACE.eq(WORKLOAD.NAMESPACE))
                        .and(INVENTORY_OBJECT.KIND.eq(WORKLOAD.KIND))
                        .and(INVENTORY_OBJECT.NAME.eq(WORKLOAD.NAME)))
                .where(visible(scope), WORKLOAD.ID.eq(id))
                .fetchOptional(found -> {
                    var document = found.get(INVENTORY_OBJECT.DOCUMENT);
                    return new WorkloadDetail(
                            row(found),
                            document == null ? "{}" : document.data(),
                            pods(found),
                            alerts,
                            undecided(found));
                });
    }

    private List<WorkloadDetail.PodRow> pods(Record workload) {
        return db.select(INVENTORY_OBJECT.DOCUMENT)
                .from(INVENTORY_OBJECT)
                .where(INVENTORY_OBJECT.CLUSTER_ID.eq(workload.get(WORKLOAD.CLUSTER_ID)))
                .and(INVENTORY_OBJECT.TYPE.eq(DSL.inline(ObjectType.POD.name())))
                .and(INVENTORY_OBJECT.NAMESPACE.eq(workload.get(WORKLOAD.NAMESPACE)))
                .and(INVENTORY_OBJECT.OWNER_KIND.eq(workload.get(WORKLOAD.KIND)))
                .and(INVENTORY_OBJECT.OWNER_NAME.eq(workload.get(WORKLOAD.NAME)))
                .orderBy(INVENTORY_OBJECT.NAME)
                .limit(MOST_PODS)
                .fetch(row -> pod(documents.read(
                        Pod.class, row.get(INVENTORY_OBJECT.DOCUMENT).data())));
    }

    private static WorkloadDetail.PodRow pod(Pod pod) {
        String node = pod.spec().nodeName();
        int restarts = pod.containerStatuses().stream()
                .mapToInt(Pod.ContainerStatus::restartCount)
                .sum();
        return new WorkloadDetail.PodRow(
                pod.metadata().name(), node == null ? "" : node, pod.phase(), pod.podIp(), restarts);
    }

    private List<WorkloadDetail.UndecidedPolicy> undecided(Record workload) {
        return db.select(POLICY.NAME, UNDECIDED.REASON)
                .from(UNDECIDED)
                .join(POLICY)
                .on(POLICY.ID.eq(UNDECIDED.POLICY_ID))
                .where(UNDECIDED.CLUSTER_ID.eq(workload.get(WORKLOAD.CLUSTER_ID)))
                .and(UNDECIDED.WORKLOAD_ID.eq(workload.get(WORKLOAD.ID)))
                .orderBy(POLICY.NAME)
                .limit(MOST_UNDECIDED)
                .fetch(row -> new WorkloadDetail.UndecidedPolicy(row.get(POLICY.NAME), row.get(UNDECIDED.REASON)));
    }

    private static Condition visible(AccessScope scope) {
        return ScopeCondition.rows(scope, WORKLOAD.CLUSTER_ID, WORKLOAD.NAMESPACE);
    }

    private static WorkloadRow row(Record row) {
        return new WorkloadRow(
                new WorkloadKey(
                        row.get(WORKLOAD.ID).toString(),
                        row.get(WORKLOAD.CLUSTER_ID).toString(),
                        row.get(CLUSTER.NAME),
                        row.get(WORKLOAD.NAMESPACE),
                        row.get(WORKLOAD.KIND),
                        row.get(WORKLOAD.NAME)),
                List.of(row.get(WORKLOAD.IMAGES)),
                row.get(WORKLOAD.PODS),
                row.get(WORKLOAD.REPLICAS),
                row.get(WORKLOAD.PLATFORM),
                new SeverityCounts(
                        row.get(WORKLOAD.LOW_ALERTS),
                        row.get(WORKLOAD.MEDIUM_ALERTS),
                        row.get(WORKLOAD.HIGH_ALERTS),
                        row.get(WORKLOAD.CRITICAL_ALERTS)),
                row.get(WORKLOAD.CREATED_AT));
    }
}
