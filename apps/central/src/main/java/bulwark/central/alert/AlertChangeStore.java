package bulwark.central.alert;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.ALERT_EVENT;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.central.filter.ScopeCondition;
import bulwark.central.view.StoredDocuments;
import bulwark.central.view.StoredSeverity;
import bulwark.model.access.AccessScope;
import bulwark.model.alert.Alert;
import bulwark.model.alert.AlertState;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.policy.Severity;
import bulwark.store.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// What people and time change in alerts; each method is given the transaction of its flow.
final class AlertChangeStore {
    private final StoredDocuments documents;

    AlertChangeStore(StoredDocuments documents) {
        this.documents = documents;
    }

    /// Locks an alert for a change; empty where the caller sees none of that id. Its workload is locked before it, in
    /// the order in which evaluations lock them.
    Optional<Locked> lock(DSLContext tx, AccessScope scope, UUID id) {
        tx.select(ALERT.CLUSTER_ID, ALERT.WORKLOAD_ID)
                .from(ALERT)
                .where(ScopeCondition.rows(scope, ALERT.CLUSTER_ID, ALERT.NAMESPACE), ALERT.ID.eq(id))
                .fetchOptional()
                .ifPresent(row -> lockWorkload(tx, row.value1(), row.value2()));
        return tx.select(ALERT.CLUSTER_ID, ALERT.WORKLOAD_ID, ALERT.NAMESPACE, ALERT.STATE)
                .from(ALERT)
                .where(ScopeCondition.rows(scope, ALERT.CLUSTER_ID, ALERT.NAMESPACE), ALERT.ID.eq(id))
                .forUpdate()
                .fetchOptional(row -> new Locked(
                        row.get(ALERT.CLUSTER_ID),
                        id,
                        row.get(ALERT.WORKLOAD_ID),
                        row.get(ALERT.NAMESPACE),
                        AlertState.valueOf(row.get(ALERT.STATE))));
    }

    /// An alert that this transaction holds.
    record Locked(UUID clusterId, UUID id, UUID workloadId, String namespace, AlertState state) {}

    void comment(DSLContext tx, Locked alert, Instant now, String actor, String text) {
        touch(tx, alert, now);
        event(tx, alert, now, actor, AlertDetail.Action.COMMENTED, text);
    }

    void snooze(DSLContext tx, Locked alert, Instant now, Instant until) {
        tx.update(ALERT)
                .set(ALERT.STATE, AlertState.SNOOZED.name())
                .set(ALERT.SNOOZED_UNTIL, until)
                .set(ALERT.CHANGED_AT, now)
                .where(ALERT.CLUSTER_ID.eq(alert.clusterId()), ALERT.ID.eq(alert.id()))
                .execute();
        recount(tx, alert.clusterId(), alert.workloadId());
    }

    void wake(DSLContext tx, Locked alert, Instant now) {
        tx.update(ALERT)
                .set(ALERT.STATE, AlertState.OPEN.name())
                .setNull(ALERT.SNOOZED_UNTIL)
                .set(ALERT.CHANGED_AT, now)
                .where(ALERT.CLUSTER_ID.eq(alert.clusterId()), ALERT.ID.eq(alert.id()))
                .execute();
        recount(tx, alert.clusterId(), alert.workloadId());
    }

    void resolve(DSLContext tx, Locked alert, Instant now, String reason) {
        tx.update(ALERT)
                .set(ALERT.STATE, AlertState.RESOLVED.name())
                .setNull(ALERT.SNOOZED_UNTIL)
                .set(ALERT.CHANGED_AT, now)
                .set(ALERT.RESOLVED_AT, now)
                .set(ALERT.RESOLUTION, reason)
                .set(ALERT.RESOLVED_BY_HAND, true)
                .where(ALERT.CLUSTER_ID.eq(alert.clusterId()), ALERT.ID.eq(alert.id()))
                .execute();
        recount(tx, alert.clusterId(), alert.workloadId());
    }

    void event(DSLContext tx, Locked alert, Instant now, String actor, AlertDetail.Action action, String text) {
        tx.insertInto(ALERT_EVENT)
                .set(ALERT_EVENT.CLUSTER_ID, alert.clusterId())
                .set(ALERT_EVENT.ALERT_ID, alert.id())
                .set(ALERT_EVENT.ID, UuidV7.next())
                .set(ALERT_EVENT.AT, now)
                .set(ALERT_EVENT.ACTOR, actor)
                .set(ALERT_EVENT.ACTION, action.name())
                .set(ALERT_EVENT.TEXT, text)
                .execute();
    }

    private static void touch(DSLContext tx, Locked alert, Instant now) {
        tx.update(ALERT)
                .set(ALERT.CHANGED_AT, now)
                .where(ALERT.CLUSTER_ID.eq(alert.clusterId()), ALERT.ID.eq(alert.id()))
                .execute();
    }

    private static void lockWorkload(DSLContext tx, UUID clusterId, UUID workloadId) {
        tx.selectOne()
                .from(WORKLOAD)
                .where(WORKLOAD.CLUSTER_ID.eq(clusterId), WORKLOAD.ID.eq(workloadId))
                .forNoKeyUpdate()
                .fetch();
    }

    /// Counts the workload's alerts in state OPEN anew. The row is locked by a statement of its own: one that
    /// waited for it would count what was there before it began to wait.
    private static void recount(DSLContext tx, UUID clusterId, UUID workloadId) {
        lockWorkload(tx, clusterId, workloadId);
        tx.update(WORKLOAD)
                .set(WORKLOAD.LOW_ALERTS, open(Severity.LOW))
                .set(WORKLOAD.MEDIUM_ALERTS, open(Severity.MEDIUM))
                .set(WORKLOAD.HIGH_ALERTS, open(Severity.HIGH))
                .set(WORKLOAD.CRITICAL_ALERTS, open(Severity.CRITICAL))
                .where(WORKLOAD.CLUSTER_ID.eq(clusterId), WORKLOAD.ID.eq(workloadId))
                .execute();
    }

    private static Field<Integer> open(Severity severity) {
        return DSL.field(DSL.selectCount()
                .from(ALERT)
                .where(ALERT.CLUSTER_ID.eq(WORKLOAD.CLUSTER_ID), ALERT.WORKLOAD_ID.eq(WORKLOAD.ID))
                .and(ALERT.RESOLVED_AT.isNull())
                .and(ALERT.STATE.eq(AlertState.OPEN.name()))
                .and(ALERT.SEVERITY.eq(StoredSeverity.of(severity))));
    }

    /// The alert as notifiers are told of it.
    Alert alert(DSLContext tx, Locked alert) {
        return tx.select(ALERT.asterisk(), CLUSTER.NAME)
                .from(ALERT)
                .join(CLUSTER)
                .on(CLUSTER.ID.eq(ALERT.CLUSTER_ID))
                .where(ALERT.CLUSTER_ID.eq(alert.clusterId()), ALERT.ID.eq(alert.id()))
                .fetchSingle(row -> new Alert(
                        row.get(ALERT.ID).toString(),
                        row.get(ALERT.POLICY_ID).toString(),
                        row.get(ALERT.POLICY_NAME),
                        StoredSeverity.severity(row.get(ALERT.SEVERITY)),
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
                        row.get(ALERT.RESOLUTION)));
    }

    /// Locks snoozed alerts whose time is over, leaving those that another Central has in hand.
    List<Locked> lockExpired(DSLContext tx, Instant now, int limit) {
        return tx.select(ALERT.CLUSTER_ID, ALERT.ID, ALERT.WORKLOAD_ID, ALERT.NAMESPACE)
                .from(ALERT)
                .where(ALERT.STATE.eq(DSL.inline(AlertState.SNOOZED.name())), ALERT.SNOOZED_UNTIL.le(now))
                .orderBy(ALERT.SNOOZED_UNTIL)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(row -> new Locked(
                        row.get(ALERT.CLUSTER_ID),
                        row.get(ALERT.ID),
                        row.get(ALERT.WORKLOAD_ID),
                        row.get(ALERT.NAMESPACE),
                        AlertState.SNOOZED));
    }

    /// Deletes some alerts that were resolved before a time, with their history.
    int deleteResolved(DSLContext tx, Instant before, int limit) {
        var old = tx.select(ALERT.CLUSTER_ID, ALERT.ID)
                .from(ALERT)
                .where(ALERT.RESOLVED_AT.lt(before))
                .orderBy(ALERT.RESOLVED_AT)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch();
        if (old.isEmpty()) return 0;
        tx.deleteFrom(ALERT_EVENT)
                .where(DSL.row(ALERT_EVENT.CLUSTER_ID, ALERT_EVENT.ALERT_ID).in(old))
                .execute();
        return tx.deleteFrom(ALERT)
                .where(DSL.row(ALERT.CLUSTER_ID, ALERT.ID).in(old))
                .execute();
    }
}
