package bulwark.central.flow;

import bulwark.base.Metrics;
import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.central.cluster.ClusterChangeStore;
import bulwark.model.alert.Alert;
import bulwark.model.alert.Violation;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.Workload;
import bulwark.policy.Evaluation;
import bulwark.policy.Undecided;
import bulwark.policy.alert.AlertChanges;
import bulwark.store.database.Database;
import bulwark.wire.Documents;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/// Judges workloads that changed: reads them with what stands around them, asks the policies, and writes what becomes
/// of their alerts, in one transaction that also notes up to which version they were judged.
///
/// Whatever changes a workload raises its version in its own transaction, so that nothing is missed: a change that
/// commits after a workload was read here leaves it waiting again. One loop runs [#judgeWaiting]; several flows, in
/// one process or in many, share the work.
public final class EvaluationFlow {
    private static final int AT_ONCE = 250;
    private static final int MOST_ROUNDS = 1000;

    private final Database database;
    private final EvaluationStore store;
    private final ClusterChangeStore clusters = new ClusterChangeStore();
    private final AlertFlow alerts;
    private final Policies policies;
    private final ChangeFeed changes;
    private final InstantSource clock;
    private final Counter judged;

    public EvaluationFlow(
            Database database,
            Documents documents,
            AlertOutbox outbox,
            ChangeFeed changes,
            Metrics metrics,
            InstantSource clock) {
        this.database = database;
        this.store = new EvaluationStore(documents);
        this.alerts = new AlertFlow(outbox);
        this.policies = new Policies(store);
        this.changes = changes;
        this.clock = clock;
        this.judged = metrics.counter("bulwark.evaluation.workloads");
    }

    /// What one transaction did: how many workloads it judged, and in which namespaces of which clusters alerts
    /// changed.
    private record Judged(int workloads, Map<UUID, Collection<String>> changed) {}

    /// Judges all workloads that wait; answers how many.
    public int judgeWaiting() {
        int total = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Judged done = database.transaction(this::judgeSome);
            total += done.workloads();
            judged.increment(done.workloads());
            done.changed().forEach(this::tell);
            if (done.workloads() < AT_ONCE) break;
        }
        return total;
    }

    private void tell(UUID clusterId, Collection<String> namespaces) {
        for (String namespace : namespaces) {
            changes.post(new Change(Change.Kind.ALERT, clusterId.toString(), namespace));
        }
    }

    private Judged judgeSome(DSLContext transaction) {
        List<EvaluationStore.Claimed> claimed = store.claim(transaction, AT_ONCE);
        if (claimed.isEmpty()) return new Judged(0, Map.of());
        Policies.Compiled compiled = policies.current(transaction);
        Instant now = clock.instant();
        var byCluster = new LinkedHashMap<UUID, List<EvaluationStore.Claimed>>();
        for (EvaluationStore.Claimed each : claimed) {
            byCluster.computeIfAbsent(each.clusterId(), _ -> new ArrayList<>()).add(each);
        }
        var changed = new LinkedHashMap<UUID, Collection<String>>();
        for (var entry : byCluster.entrySet()) {
            changed.put(entry.getKey(), judge(transaction, entry.getKey(), entry.getValue(), compiled, now));
        }
        alerts.store().judged(transaction, claimed);
        return new Judged(claimed.size(), changed);
    }

    private Collection<String> judge(
            DSLContext transaction,
            UUID clusterId,
            List<EvaluationStore.Claimed> claimed,
            Policies.Compiled compiled,
            Instant now) {
        List<ObjectKey> keys =
                claimed.stream().map(EvaluationStore.Claimed::key).toList();
        List<UUID> ids = claimed.stream().map(EvaluationStore.Claimed::id).toList();
        Map<ObjectKey, Workload> workloads = store.workloads(transaction, clusterId, keys);
        Map<ObjectKey, List<Pod>> pods = store.pods(transaction, clusterId, keys);
        Map<String, NamespaceObjects> around =
                store.around(transaction, clusterId, claimed.getFirst().clusterName(), workloads.values());
        Map<UUID, List<Alert>> open = alerts.store().open(transaction, clusterId, ids);
        Map<AlertWriteStore.Place, List<Violation>> byHand = alerts.store().resolvedByHand(transaction, clusterId, ids);
        Set<ObjectType> unread = clusters.unread(transaction, clusterId);
        AlertFlow.Changes toWrite = alerts.changes(now);
        var undecided = new TreeMap<String, AlertWriteStore.UndecidedRow>();
        var mended = new ArrayList<AlertWriteStore.Place>();
        for (EvaluationStore.Claimed each : claimed) {
            Workload workload = workloads.get(each.key());
            NamespaceObjects beside = around.get(each.key().namespace());
            if (workload == null || beside == null) {
                for (String policy : compiled.evaluator().asked()) {
                    undecide(undecided, each.id(), policy, "the stored document cannot be read by this version");
                }
                continue;
            }
            var context = beside.contextOf(workload, pods.getOrDefault(each.key(), List.of()))
                    .withUnread(unread);
            Evaluation evaluation = compiled.evaluator().evaluate(context, now);
            var found = AlertChanges.between(open.getOrDefault(each.id(), List.of()), evaluation, compiled.byId());
            toWrite.add(each, found, byHand);
            for (AlertWriteStore.Place place : byHand.keySet()) {
                if (place.workloadId().equals(each.id()) && isMended(evaluation.of(place.policyId()))) {
                    mended.add(place);
                }
            }
            for (Undecided one : evaluation.undecided()) {
                undecide(undecided, each.id(), one.policyId(), one.reason());
            }
        }
        toWrite.write(transaction);
        alerts.store().mended(transaction, clusterId, mended);
        alerts.store().undecided(transaction, clusterId, ids, undecided.values());
        return toWrite.namespaces();
    }

    private static boolean isMended(Evaluation.Standing standing) {
        return standing == Evaluation.Standing.MET || standing == Evaluation.Standing.EXCLUDED;
    }

    private static void undecide(
            Map<String, AlertWriteStore.UndecidedRow> undecided, UUID workloadId, String policyId, String reason) {
        undecided.merge(
                workloadId + policyId,
                new AlertWriteStore.UndecidedRow(workloadId, policyId, reason),
                (first, second) -> first.reason().contains(second.reason())
                        ? first
                        : new AlertWriteStore.UndecidedRow(
                                workloadId, policyId, first.reason() + "; " + second.reason()));
    }
}
