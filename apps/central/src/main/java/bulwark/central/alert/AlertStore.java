package bulwark.central.alert;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.ALERT_EVENT;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.POLICY;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.central.filter.Filter;
import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterFields;
import bulwark.central.filter.ListFields;
import bulwark.central.filter.ListQuery;
import bulwark.central.filter.Page;
import bulwark.central.filter.ScopeCondition;
import bulwark.central.view.AlertRow;
import bulwark.central.view.SeverityCounts;
import bulwark.central.view.StoredDocuments;
import bulwark.central.view.StoredSeverity;
import bulwark.central.view.WorkloadKey;
import bulwark.model.access.AccessScope;
import bulwark.model.alert.AlertState;
import bulwark.model.policy.Policy;
import bulwark.model.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Alerts as people see them: lists, counts and details. What changes an alert is in [AlertChangeStore].
final class AlertStore {
    private static final int MOST_OF_WORKLOAD = 500;
    private static final int MOST_EVENTS = 1000;
    private static final int COUNTED = 10_000;
    private static final Field<String> CLUSTER_NAME = DSL.field(
                    DSL.select(CLUSTER.NAME).from(CLUSTER).where(CLUSTER.ID.eq(ALERT.CLUSTER_ID)))
            .as("cluster_name");
    private static final String CATEGORIES_OF_POLICY =
            "jsonb_array_elements_text({0} -> 'categories') as category (name)";
    private static final Field<String> CATEGORY = DSL.field(DSL.name("category", "name"), String.class);
    private static final List<SelectFieldOrAsterisk> COLUMNS = columns();
    private static final Map<String, Condition> STATES = Map.of(
            "OPEN", state(AlertState.OPEN).and(ALERT.RESOLVED_AT.isNull()),
            "SNOOZED", state(AlertState.SNOOZED).and(ALERT.RESOLVED_AT.isNull()),
            "RESOLVED", ALERT.RESOLVED_AT.isNotNull());

    private final DSLContext db;
    private final StoredDocuments documents;
    private final ListFields fields;

    AlertStore(DSLContext db, StoredDocuments documents) {
        this.db = db;
        this.documents = documents;
        this.fields = fields(db);
    }

    private static ListFields fields(DSLContext db) {
        return new ListFields("-severity", List.of(ALERT.POLICY_NAME, ALERT.WORKLOAD_NAME, ALERT.NAMESPACE))
                .filter("state", FilterFields.chosen(STATES))
                .filter("severity", FilterFields.choice(ALERT.SEVERITY, StoredSeverity.BY_NAME, true))
                .filter(
                        "policy",
                        FilterFields.named(
                                ALERT.POLICY_ID,
                                POLICY.NAME,
                                named -> db.select(POLICY.ID)
                                        .from(POLICY)
                                        .where(named)
                                        .fetch(POLICY.ID)))
                .filter("policyId", FilterFields.identifier(ALERT.POLICY_ID))
                .filter(
                        "category",
                        FilterFields.named(
                                ALERT.POLICY_ID,
                                CATEGORY,
                                named -> db.select(POLICY.ID)
                                        .from(POLICY)
                                        .where(DSL.exists(DSL.selectOne()
                                                .from(CATEGORIES_OF_POLICY, POLICY.DOCUMENT)
                                                .where(named)))
                                        .fetch(POLICY.ID)))
                .filter(
                        "cluster",
                        FilterFields.reference(
                                ALERT.CLUSTER_ID,
                                CLUSTER.NAME,
                                named -> db.select(CLUSTER.ID)
                                        .from(CLUSTER)
                                        .where(named)
                                        .fetch(CLUSTER.ID)))
                .filter("clusterId", FilterFields.identifier(ALERT.CLUSTER_ID))
                .filter("namespace", FilterFields.exact(ALERT.NAMESPACE))
                .filter("kind", FilterFields.text(ALERT.KIND))
                .filter("workload", FilterFields.exact(ALERT.WORKLOAD_NAME))
                .filter("platform", FilterFields.flag(ALERT.PLATFORM.isTrue()))
                .filter("firstSeenAt", FilterFields.time(ALERT.FIRST_SEEN_AT))
                .filter("changedAt", FilterFields.time(ALERT.CHANGED_AT))
                .sort("severity", ALERT.SEVERITY, ALERT.FIRST_SEEN_AT, ALERT.ID)
                .sort("policy", ALERT.POLICY_NAME, ALERT.FIRST_SEEN_AT, ALERT.ID)
                .sort("namespace", ALERT.NAMESPACE, ALERT.WORKLOAD_NAME, ALERT.ID)
                .sort("workload", ALERT.WORKLOAD_NAME, ALERT.NAMESPACE, ALERT.ID)
                .sort("firstSeenAt", ALERT.FIRST_SEEN_AT, ALERT.ID)
                .sort("changedAt", ALERT.CHANGED_AT, ALERT.ID);
    }

    private static List<SelectFieldOrAsterisk> columns() {
        var columns = new ArrayList<SelectFieldOrAsterisk>(List.of(
                ALERT.ID,
                ALERT.POLICY_ID,
                ALERT.POLICY_NAME,
                ALERT.SEVERITY,
                ALERT.CATEGORIES,
                ALERT.CLUSTER_ID,
                ALERT.WORKLOAD_ID,
                ALERT.NAMESPACE,
                ALERT.KIND,
                ALERT.WORKLOAD_NAME,
                ALERT.PLATFORM,
                ALERT.STATE,
                ALERT.SNOOZED_UNTIL,
                ALERT.VIOLATION_COUNT,
                ALERT.FIRST_SEEN_AT,
                ALERT.CHANGED_AT,
                ALERT.RESOLVED_AT,
                ALERT.RESOLUTION));
        columns.add(CLUSTER_NAME);
        return columns;
    }

    /// A page of alerts: those in state OPEN unless the filter names a state.
    Page<AlertRow> list(AccessScope scope, ListQuery query) throws FilterException {
        var source = new ListFields.Source<>(ALERT, COLUMNS);
        return fields.read(db, source, visible(scope).and(usualState(query.filter())), query, AlertStore::row);
    }

    SeverityCounts count(AccessScope scope, Filter filter) throws FilterException {
        return counts(visible(scope).and(usualState(filter)).and(fields.condition(filter)));
    }

    private SeverityCounts counts(Condition selected) {
        return new SeverityCounts(
                count(selected, Severity.LOW),
                count(selected, Severity.MEDIUM),
                count(selected, Severity.HIGH),
                count(selected, Severity.CRITICAL));
    }

    /// One more than [#COUNTED] says that there are more.
    private int count(Condition selected, Severity severity) {
        return db.fetchCount(DSL.selectOne()
                .from(ALERT)
                .where(selected, ALERT.SEVERITY.eq(StoredSeverity.of(severity)))
                .limit(COUNTED + 1));
    }

    /// The alerts of a workload that are not resolved, worst first.
    List<AlertRow> ofWorkload(AccessScope scope, UUID workloadId) {
        return db.select(COLUMNS)
                .from(ALERT)
                .where(visible(scope), ALERT.WORKLOAD_ID.eq(workloadId), ALERT.RESOLVED_AT.isNull())
                .and(ALERT.CLUSTER_ID.in(
                        DSL.select(WORKLOAD.CLUSTER_ID).from(WORKLOAD).where(WORKLOAD.ID.eq(workloadId))))
                .orderBy(ALERT.SEVERITY.desc(), ALERT.FIRST_SEEN_AT.desc(), ALERT.ID.desc())
                .limit(MOST_OF_WORKLOAD)
                .fetch(AlertStore::row);
    }

    /// One alert with its policy's advice and its latest history.
    Optional<AlertDetail> find(AccessScope scope, UUID id) {
        return db.select(COLUMNS)
                .select(ALERT.VIOLATIONS, POLICY.DOCUMENT)
                .from(ALERT)
                .leftJoin(POLICY)
                .on(POLICY.ID.eq(ALERT.POLICY_ID))
                .where(visible(scope), ALERT.ID.eq(id))
                .fetchOptional()
                .map(found -> new AlertDetail(
                        row(found),
                        documents.violations(found.get(ALERT.VIOLATIONS).data()),
                        advice(found.get(POLICY.DOCUMENT)),
                        history(found.get(ALERT.CLUSTER_ID), id)));
    }

    private AlertDetail.Advice advice(@Nullable JSONB policyDocument) {
        if (policyDocument == null) return AlertDetail.Advice.NONE;
        Policy policy = documents.policy(policyDocument.data());
        return new AlertDetail.Advice(policy.description(), policy.rationale(), policy.remediation(), policy.mitre());
    }

    private List<AlertDetail.Event> history(UUID clusterId, UUID alertId) {
        return db.selectFrom(ALERT_EVENT)
                .where(ALERT_EVENT.CLUSTER_ID.eq(clusterId), ALERT_EVENT.ALERT_ID.eq(alertId))
                .orderBy(ALERT_EVENT.ID.desc())
                .limit(MOST_EVENTS)
                .fetch(event -> new AlertDetail.Event(
                        event.getAt(),
                        event.getActor(),
                        AlertDetail.Action.valueOf(event.getAction()),
                        event.getText()))
                .reversed();
    }

    private static Condition usualState(Filter filter) {
        return filter.names("state")
                ? DSL.noCondition()
                : state(AlertState.OPEN).and(ALERT.RESOLVED_AT.isNull());
    }

    /// Written into the statement, so that the planner knows which share of the rows it selects.
    private static Condition state(AlertState state) {
        return ALERT.STATE.eq(DSL.inline(state.name()));
    }

    private static Condition visible(AccessScope scope) {
        return ScopeCondition.rows(scope, ALERT.CLUSTER_ID, ALERT.NAMESPACE);
    }

    private static AlertRow row(Record row) {
        return new AlertRow(
                row.get(ALERT.ID).toString(),
                row.get(ALERT.POLICY_ID).toString(),
                row.get(ALERT.POLICY_NAME),
                StoredSeverity.severity(row.get(ALERT.SEVERITY)),
                List.of(row.get(ALERT.CATEGORIES)),
                new WorkloadKey(
                        row.get(ALERT.WORKLOAD_ID).toString(),
                        row.get(ALERT.CLUSTER_ID).toString(),
                        row.get(CLUSTER_NAME),
                        row.get(ALERT.NAMESPACE),
                        row.get(ALERT.KIND),
                        row.get(ALERT.WORKLOAD_NAME)),
                row.get(ALERT.PLATFORM),
                AlertState.valueOf(row.get(ALERT.STATE)),
                row.get(ALERT.SNOOZED_UNTIL),
                row.get(ALERT.VIOLATION_COUNT),
                row.get(ALERT.FIRST_SEEN_AT),
                row.get(ALERT.CHANGED_AT),
                row.get(ALERT.RESOLVED_AT),
                row.get(ALERT.RESOLUTION));
    }
}
