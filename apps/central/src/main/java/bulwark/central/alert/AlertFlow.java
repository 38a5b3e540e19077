package bulwark.central.alert;

import bulwark.central.access.Request;
import bulwark.central.audit.AuditStore;
import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.central.notifier.plugin.Message;
import bulwark.central.view.StoredDocuments;
import bulwark.http.Problem;
import bulwark.model.alert.AlertState;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.store.outbox.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// What people and time do with alerts: each change with its history, its audit entry and its announcement in one
/// transaction, told to those who watch after it.
public final class AlertFlow {
    private static final String SYSTEM = "system";
    private static final int AT_ONCE = 200;

    private final Database database;
    private final AlertChangeStore changes;
    private final AuditStore audit;
    private final Outbox outbox;
    private final StoredDocuments documents;
    private final ChangeFeed feed;
    private final InstantSource clock;

    public AlertFlow(Database database, AuditStore audit, Outbox outbox, ChangeFeed feed, InstantSource clock) {
        this.database = database;
        this.documents = new StoredDocuments();
        this.changes = new AlertChangeStore(documents);
        this.audit = audit;
        this.outbox = outbox;
        this.feed = feed;
        this.clock = clock;
    }

    /// One change of a locked alert.
    private interface Step {
        void take(DSLContext tx, AlertChangeStore.Locked alert, Instant now);
    }

    void comment(Request request, UUID id, String text) {
        change(
                request,
                id,
                "commentAlert",
                (tx, alert, now) ->
                        changes.comment(tx, alert, now, request.caller().name(), text));
    }

    void snooze(Request request, UUID id, Instant until, String reason) {
        String actor = request.caller().name();
        change(request, id, "snoozeAlert", (tx, alert, now) -> {
            refuseResolved(alert);
            if (until.isAfter(now)) {
                changes.snooze(tx, alert, now, until);
                String text = "until " + until + (reason.isEmpty() ? "" : ": " + reason);
                changes.event(tx, alert, now, actor, AlertDetail.Action.SNOOZED, text);
                announce(tx, alert, Message.Event.CHANGED);
            } else if (alert.state() == AlertState.SNOOZED) {
                changes.wake(tx, alert, now);
                changes.event(tx, alert, now, actor, AlertDetail.Action.UNSNOOZED, reason);
                announce(tx, alert, Message.Event.CHANGED);
            }
        });
    }

    void resolve(Request request, UUID id, String reason) {
        change(request, id, "resolveAlert", (tx, alert, now) -> {
            refuseResolved(alert);
            changes.resolve(tx, alert, now, reason);
            changes.event(tx, alert, now, request.caller().name(), AlertDetail.Action.RESOLVED, reason);
            announce(tx, alert, Message.Event.RESOLVED);
        });
    }

    private void change(Request request, UUID id, String action, Step step) {
        Instant now = clock.instant();
        AlertChangeStore.Locked changed = database.transaction(tx -> {
            var alert = changes.lock(tx, request.scope(), id).orElseThrow(Request::missing);
            step.take(tx, alert, now);
            audit.add(tx, now, request.deed(action, "alert " + id, null));
            return alert;
        });
        tell(changed);
    }

    private static void refuseResolved(AlertChangeStore.Locked alert) {
        if (alert.state() == AlertState.RESOLVED) throw Problem.conflict("the alert is resolved already");
    }

    private void announce(DSLContext tx, AlertChangeStore.Locked alert, Message.Event event) {
        var message = new Message(UuidV7.next().toString(), clock.instant(), event, changes.alert(tx, alert));
        outbox.append(tx, Message.TOPIC, documents.text(message));
    }

    /// Opens alerts again whose quiet time is over.
    public void wakeExpired() {
        List<AlertChangeStore.Locked> woken;
        do {
            Instant now = clock.instant();
            woken = database.transaction(tx -> {
                var expired = changes.lockExpired(tx, now, AT_ONCE);
                for (var alert : expired) {
                    changes.wake(tx, alert, now);
                    changes.event(tx, alert, now, SYSTEM, AlertDetail.Action.UNSNOOZED, "the time is over");
                    announce(tx, alert, Message.Event.CHANGED);
                }
                return expired;
            });
            woken.forEach(this::tell);
        } while (woken.size() == AT_ONCE);
    }

    /// Deletes alerts that were resolved before a time.
    public int deleteResolved(Instant before) {
        int deleted = 0;
        int last;
        do {
            last = database.transaction(tx -> changes.deleteResolved(tx, before, AT_ONCE));
            deleted += last;
        } while (last == AT_ONCE);
        return deleted;
    }

    private void tell(AlertChangeStore.Locked alert) {
        String clusterId = alert.clusterId().toString();
        feed.post(new Change(Change.Kind.ALERT, clusterId, alert.namespace()));
        feed.post(new Change(Change.Kind.WORKLOAD, clusterId, alert.namespace()));
    }
}
