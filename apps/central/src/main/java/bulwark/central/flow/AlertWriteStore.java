package bulwark.central.flow;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.UNDECIDED;

import bulwark.central.view.StoredDocuments;
import bulwark.model.alert.Alert;
import bulwark.model.alert.AlertState;
import bulwark.model.alert.Violation;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.policy.Severity;
import bulwark.store.BinaryCopy;
import bulwark.store.UuidV7;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/// What evaluations and removals write of alerts; always in the transaction that holds the workload's row.
@SuppressWarnings("EnumOrdinal") // severities are stored as their rank
final class AlertWriteStore {
    private static final String SYSTEM = "system";
    private static final String JUDGED = """
            update workload w
            set evaluated_version = n.version, low_alerts = c.low, medium_alerts = c.medium, high_alerts = c.high,
                critical_alerts = c.critical
            from unnest(?::uuid[], ?::uuid[], ?::bigint[]) as n (cluster_id, id, version)
            cross join lateral (
                select count(*) filter (where a.severity = 0) as low, count(*) filter (where a.severity = 1) as medium,
                       count(*) filter (where a.severity = 2) as high, count(*) filter (where a.severity = 3) as critical
                from alert a
                where a.cluster_id = n.cluster_id and a.workload_id = n.id and a.resolved_at is null
                  and a.state in ('OPEN', '')) as c -- not what the index of all open alerts is for
            where w.cluster_id = n.cluster_id and w.id = n.id""";
    private static final String LAST_RESOLVED = """
            select distinct on (workload_id, policy_id) workload_id, policy_id, resolved_by_hand, violations
            from alert
            where cluster_id = ? and workload_id = any (?::uuid[]) and resolved_at is not null
            order by workload_id, policy_id, resolved_at desc, id desc""";
    private static final String OPENED = """
            alert (cluster_id, id, policy_id, policy_name, severity, categories, workload_id, namespace, kind, workload_name,
                platform, state, violations, violation_count, first_seen_at, changed_at)""";
    private static final String EVENTS = "alert_event (cluster_id, alert_id, id, at, actor, action, text)";

    private static final String MENDED = """
            update alert a set resolved_by_hand = false
            from unnest(?::uuid[], ?::uuid[]) as n (workload_id, policy_id)
            where a.cluster_id = ? and a.workload_id = n.workload_id and a.policy_id = n.policy_id and a.resolved_by_hand""";

    private final StoredDocuments documents = new StoredDocuments();
    private final ObjectMapper json = new ObjectMapper();

    /// Alerts of workloads that are not resolved, by workload.
    Map<UUID, List<Alert>> open(DSLContext transaction, UUID clusterId, Collection<UUID> workloadIds) {
        return alerts(transaction, clusterId, ALERT.WORKLOAD_ID.in(workloadIds).and(ALERT.RESOLVED_AT.isNull()));
    }

    /// Some alerts of a cluster that are not resolved, by workload.
    Map<UUID, List<Alert>> openOfCluster(DSLContext transaction, UUID clusterId, int limit) {
        List<UUID> ids = transaction
                .select(ALERT.ID)
                .from(ALERT)
                .where(ALERT.CLUSTER_ID.eq(clusterId), ALERT.RESOLVED_AT.isNull())
                .limit(limit)
                .forUpdate()
                .fetch(ALERT.ID);
        return ids.isEmpty() ? Map.of() : alerts(transaction, clusterId, ALERT.ID.in(ids));
    }

    private Map<UUID, List<Alert>> alerts(DSLContext transaction, UUID clusterId, Condition which) {
        var found = new HashMap<UUID, List<Alert>>();
        transaction
                .select(ALERT.asterisk(), CLUSTER.NAME)
                .from(ALERT)
                .join(CLUSTER)
                .on(CLUSTER.ID.eq(ALERT.CLUSTER_ID))
                .where(ALERT.CLUSTER_ID.eq(clusterId), which)
                .orderBy(ALERT.ID)
                .forUpdate()
                .of(ALERT)
                .forEach(row -> found.computeIfAbsent(row.get(ALERT.WORKLOAD_ID), _ -> new ArrayList<>())
                        .add(alert(row)));
        return found;
    }

    private Alert alert(Record row) {
        return new Alert(
                row.get(ALERT.ID).toString(),
                row.get(ALERT.POLICY_ID).toString(),
                row.get(ALERT.POLICY_NAME),
                Severity.values()[row.get(ALERT.SEVERITY)],
                List.of(row.get(ALERT.CATEGORIES)),
                row.get(ALERT.CLUSTER_ID).toString(),
                row.get(CLUSTER.NAME),
                new ObjectKey(
                        ObjectType.WORKLOAD,
                        row.get(ALERT.KIND),
                        row.get(ALERT.NAMESPACE),
                        row.get(ALERT.WORKLOAD_NAME)),
                row.get(ALERT.PLATFORM),
                AlertState.valueOf(row.get(ALERT.STATE)),
                row.get(ALERT.SNOOZED_UNTIL),
                documents.violations(row.get(ALERT.VIOLATIONS).data()),
                row.get(ALERT.FIRST_SEEN_AT),
                row.get(ALERT.CHANGED_AT),
                row.get(ALERT.RESOLVED_AT),
                row.get(ALERT.RESOLUTION));
    }

    /// A workload and a policy.
    record Place(UUID workloadId, String policyId) {}

    /// The violations of those alerts that a person resolved by hand, where nothing came after.
    Map<Place, List<Violation>> resolvedByHand(DSLContext transaction, UUID clusterId, Collection<UUID> workloadIds) {
        var found = new HashMap<Place, List<Violation>>();
        transaction
                .fetch(LAST_RESOLVED, clusterId, workloadIds.toArray(UUID[]::new))
                .forEach(row -> {
                    if (!row.get(2, Boolean.class)) return;
                    found.put(
                            new Place(row.get(0, UUID.class), row.get(1, String.class)),
                            documents.violations(row.get(3, JSONB.class).data()));
                });
        return found;
    }

    /// Forgets that alerts were resolved by hand: what they were about is mended, and broken again it is news.
    void mended(DSLContext transaction, UUID clusterId, Collection<Place> places) {
        if (places.isEmpty()) return;
        transaction.execute(
                MENDED,
                places.stream().map(Place::workloadId).toArray(UUID[]::new),
                places.stream().map(place -> UUID.fromString(place.policyId())).toArray(UUID[]::new),
                clusterId);
    }

    /// An alert with the workload it is about.
    record Placed(UUID workloadId, Alert alert) {}

    void open(DSLContext transaction, List<Placed> alerts) {
        if (alerts.isEmpty()) return;
        transaction.connection(connection -> {
            try (var copy = new BinaryCopy(connection, OPENED)) {
                for (Placed placed : alerts) {
                    Alert alert = placed.alert();
                    copy.row(16)
                            .uuid(UUID.fromString(alert.clusterId()))
                            .uuid(UUID.fromString(alert.id()))
                            .uuid(UUID.fromString(alert.policyId()))
                            .text(alert.policyName())
                            .smallNumber(alert.severity().ordinal())
                            .texts(alert.categories())
                            .uuid(placed.workloadId())
                            .text(alert.workload().namespace())
                            .text(alert.workload().kind())
                            .text(alert.workload().name())
                            .truth(alert.platform())
                            .text(alert.state().name())
                            .json(violations(alert.violations()).data())
                            .number(alert.violations().size())
                            .time(alert.firstSeenAt())
                            .time(alert.changedAt());
                }
                copy.finish();
            }
        });
    }

    void change(DSLContext transaction, Alert alert) {
        transaction
                .update(ALERT)
                .set(ALERT.VIOLATIONS, violations(alert.violations()))
                .set(ALERT.VIOLATION_COUNT, alert.violations().size())
                .set(ALERT.POLICY_NAME, alert.policyName())
                .set(ALERT.SEVERITY, (short) alert.severity().ordinal())
                .set(ALERT.CHANGED_AT, alert.changedAt())
                .where(ALERT.CLUSTER_ID.eq(UUID.fromString(alert.clusterId())))
                .and(ALERT.ID.eq(UUID.fromString(alert.id())))
                .execute();
    }

    void resolve(DSLContext transaction, Alert alert) {
        transaction
                .update(ALERT)
                .set(ALERT.STATE, AlertState.RESOLVED.name())
                .setNull(ALERT.SNOOZED_UNTIL)
                .set(ALERT.CHANGED_AT, alert.changedAt())
                .set(ALERT.RESOLVED_AT, alert.changedAt())
                .set(ALERT.RESOLUTION, alert.resolution())
                .where(ALERT.CLUSTER_ID.eq(UUID.fromString(alert.clusterId())))
                .and(ALERT.ID.eq(UUID.fromString(alert.id())))
                .execute();
    }

    /// One line of an alert's history.
    record Event(Alert alert, String action, String text) {}

    void events(DSLContext transaction, List<Event> events) {
        if (events.isEmpty()) return;
        transaction.connection(connection -> {
            try (var copy = new BinaryCopy(connection, EVENTS)) {
                for (Event event : events) {
                    copy.row(7)
                            .uuid(UUID.fromString(event.alert().clusterId()))
                            .uuid(UUID.fromString(event.alert().id()))
                            .uuid(UuidV7.next())
                            .time(event.alert().changedAt())
                            .text(SYSTEM)
                            .text(event.action())
                            .text(event.text());
                }
                copy.finish();
            }
        });
    }

    /// A policy that could not be decided for a workload, and why.
    record UndecidedRow(UUID workloadId, String policyId, String reason) {}

    void undecided(
            DSLContext transaction, UUID clusterId, Collection<UUID> workloadIds, Collection<UndecidedRow> undecided) {
        forget(transaction, clusterId, workloadIds);
        if (undecided.isEmpty()) return;
        var insert = transaction.insertInto(
                UNDECIDED, UNDECIDED.CLUSTER_ID, UNDECIDED.WORKLOAD_ID, UNDECIDED.POLICY_ID, UNDECIDED.REASON);
        for (UndecidedRow each : undecided) {
            insert = insert.values(clusterId, each.workloadId(), UUID.fromString(each.policyId()), each.reason());
        }
        insert.execute();
    }

    /// Deletes what was undecided of workloads.
    void forget(DSLContext transaction, UUID clusterId, Collection<UUID> workloadIds) {
        transaction
                .deleteFrom(UNDECIDED)
                .where(UNDECIDED.CLUSTER_ID.eq(clusterId), UNDECIDED.WORKLOAD_ID.in(workloadIds))
                .execute();
    }

    /// Deletes some of what was undecided in a removed cluster; answers how many rows.
    int forgetSome(DSLContext transaction, UUID clusterId, int limit) {
        var workloads = transaction
                .selectDistinct(UNDECIDED.WORKLOAD_ID)
                .from(UNDECIDED)
                .where(UNDECIDED.CLUSTER_ID.eq(clusterId))
                .limit(limit)
                .fetch(UNDECIDED.WORKLOAD_ID);
        if (!workloads.isEmpty()) forget(transaction, clusterId, workloads);
        return workloads.size();
    }

    /// Notes that workloads were judged as of a version, and counts their alerts anew.
    void judged(DSLContext transaction, List<EvaluationStore.Claimed> claimed) {
        transaction.execute(
                JUDGED,
                claimed.stream().map(EvaluationStore.Claimed::clusterId).toArray(UUID[]::new),
                claimed.stream().map(EvaluationStore.Claimed::id).toArray(UUID[]::new),
                claimed.stream().map(EvaluationStore.Claimed::version).toArray(Long[]::new));
    }

    private JSONB violations(List<Violation> violations) {
        try {
            return JSONB.valueOf(json.writeValueAsString(violations));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
