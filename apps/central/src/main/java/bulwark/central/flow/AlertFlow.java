package bulwark.central.flow;

import bulwark.central.notifier.plugin.Message;
import bulwark.model.alert.Alert;
import bulwark.model.alert.AlertState;
import bulwark.model.alert.Violation;
import bulwark.policy.alert.AlertChanges;
import bulwark.store.UuidV7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Carries out what has to become of alerts: rows, history and the outbox rows that tell of them, in one transaction.
final class AlertFlow {
    private final AlertWriteStore store = new AlertWriteStore();
    private final AlertOutbox outbox;

    AlertFlow(AlertOutbox outbox) {
        this.outbox = outbox;
    }

    AlertWriteStore store() {
        return store;
    }

    /// Collects the changes of a transaction.
    final class Changes {
        private final Instant now;
        private final List<AlertWriteStore.Placed> opened = new ArrayList<>();
        private final List<Alert> changed = new ArrayList<>();
        private final List<Alert> resolved = new ArrayList<>();

        Changes(Instant now) {
            this.now = now;
        }

        /// Takes the changes of one workload's alerts; one that a person resolved by hand does not open again while
        /// its violations are the same.
        void add(
                EvaluationStore.Claimed workload,
                AlertChanges changes,
                Map<AlertWriteStore.Place, List<Violation>> byHand) {
            for (AlertChanges.Opening opening : changes.opened()) {
                var place = new AlertWriteStore.Place(
                        workload.id(), opening.policy().id());
                if (opening.violations().equals(byHand.get(place))) continue;
                opened.add(new AlertWriteStore.Placed(workload.id(), opening(workload, opening)));
            }
            for (AlertChanges.Update update : changes.updated()) {
                changed.add(with(update.alert(), update.alert().state(), update.violations(), null));
            }
            resolve(changes.resolved());
        }

        void resolve(List<AlertChanges.Resolution> resolutions) {
            for (AlertChanges.Resolution resolution : resolutions) {
                resolved.add(with(
                        resolution.alert(),
                        AlertState.RESOLVED,
                        resolution.alert().violations(),
                        resolution.reason()));
            }
        }

        private Alert opening(EvaluationStore.Claimed workload, AlertChanges.Opening opening) {
            return new Alert(
                    UuidV7.next().toString(),
                    opening.policy().id(),
                    opening.policy().name(),
                    opening.policy().severity(),
                    opening.policy().categories(),
                    workload.clusterId().toString(),
                    workload.clusterName(),
                    workload.key(),
                    workload.platform(),
                    AlertState.OPEN,
                    null,
                    opening.violations(),
                    now,
                    now,
                    null,
                    null);
        }

        private Alert with(Alert alert, AlertState state, List<Violation> violations, @Nullable String resolution) {
            boolean ends = state == AlertState.RESOLVED;
            return new Alert(
                    alert.id(),
                    alert.policyId(),
                    alert.policyName(),
                    alert.severity(),
                    alert.categories(),
                    alert.clusterId(),
                    alert.clusterName(),
                    alert.workload(),
                    alert.platform(),
                    state,
                    ends ? null : alert.snoozedUntil(),
                    violations,
                    alert.firstSeenAt(),
                    now,
                    ends ? now : null,
                    resolution);
        }

        boolean isEmpty() {
            return opened.isEmpty() && changed.isEmpty() && resolved.isEmpty();
        }

        /// The namespaces in which alerts change.
        Collection<String> namespaces() {
            var namespaces = new java.util.TreeSet<String>();
            opened.forEach(each -> namespaces.add(each.alert().workload().namespace()));
            changed.forEach(each -> namespaces.add(each.workload().namespace()));
            resolved.forEach(each -> namespaces.add(each.workload().namespace()));
            return namespaces;
        }

        /// Writes all of it.
        void write(DSLContext transaction) {
            var events = new ArrayList<AlertWriteStore.Event>();
            var messages = new ArrayList<Message>();
            store.open(transaction, opened);
            for (AlertWriteStore.Placed placed : opened) {
                Alert alert = placed.alert();
                events.add(new AlertWriteStore.Event(alert, "OPENED", count(alert)));
                messages.add(message(Message.Event.OPENED, alert));
            }
            for (Alert alert : changed) {
                store.change(transaction, alert);
                events.add(new AlertWriteStore.Event(alert, "CHANGED", count(alert)));
                if (alert.state() == AlertState.OPEN) messages.add(message(Message.Event.CHANGED, alert));
            }
            for (Alert alert : resolved) {
                store.resolve(transaction, alert);
                String reason = alert.resolution();
                events.add(new AlertWriteStore.Event(alert, "RESOLVED", reason == null ? "" : reason));
                messages.add(message(Message.Event.RESOLVED, alert));
            }
            store.events(transaction, events);
            outbox.add(transaction, messages);
        }

        private Message message(Message.Event event, Alert alert) {
            return new Message(UuidV7.next().toString(), now, event, alert);
        }

        private static String count(Alert alert) {
            int count = alert.violations().size();
            return count == 1 ? alert.violations().getFirst().message() : count + " violations";
        }
    }

    Changes changes(Instant now) {
        return new Changes(now);
    }

    /// Resolves the alerts of workloads that are gone, and forgets what was undecided of them.
    Changes workloadsDeleted(DSLContext transaction, UUID clusterId, Collection<UUID> workloadIds, Instant now) {
        var changes = new Changes(now);
        if (workloadIds.isEmpty()) return changes;
        for (List<Alert> open : store.open(transaction, clusterId, workloadIds).values()) {
            changes.resolve(AlertChanges.workloadDeleted(open).resolved());
        }
        store.forget(transaction, clusterId, workloadIds);
        changes.write(transaction);
        return changes;
    }
}
