package bulwark.central.policy;

import bulwark.central.access.Deed;
import bulwark.central.access.Request;
import bulwark.central.audit.AuditStore;
import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.central.view.StoredDocuments;
import bulwark.model.policy.Policy;
import bulwark.store.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// Changes of policies: the policy, the mark on every workload to be judged anew and the audit entry in one
/// transaction; then the evaluator is woken.
public final class PolicyFlow {
    private final Database database;
    private final PolicyStore policies;
    private final AuditStore audit;
    private final ChangeFeed feed;
    private final InstantSource clock;
    private final Runnable wakeEvaluator;

    public PolicyFlow(
            Database database, AuditStore audit, ChangeFeed feed, InstantSource clock, Runnable wakeEvaluator) {
        this.database = database;
        this.policies = new PolicyStore(database.sql(), new StoredDocuments());
        this.audit = audit;
        this.feed = feed;
        this.clock = clock;
        this.wakeEvaluator = wakeEvaluator;
    }

    PolicyView switchTo(Request request, UUID id, boolean disabled) {
        PolicyView view = database.transaction(tx -> {
            Instant now = clock.instant();
            var switched = policies.switchTo(tx, id, disabled, now).orElseThrow(Request::missing);
            if (switched.changed()) {
                audit.add(
                        tx,
                        now,
                        request.deed("changePolicy", "policy " + switched.name(), disabled ? "disabled" : "enabled"));
            }
            return policies.find(tx, request.scope(), id).orElseThrow(Request::missing);
        });
        feed.post(Change.of(Change.Kind.POLICY));
        wakeEvaluator.run();
        return view;
    }

    /// Brings the policies that Bulwark ships up to date in the database; what people switched stays as it is.
    public void synchronise(List<Policy> shipped) {
        List<String> written = database.transaction(tx -> {
            Instant now = clock.instant();
            List<String> names = policies.synchronise(tx, shipped, now);
            if (!names.isEmpty()) {
                audit.add(
                        tx,
                        now,
                        new Deed("system", "synchronisePolicies", "policies", names.size() + " written", null));
            }
            return names;
        });
        if (written.isEmpty()) return;
        feed.post(Change.of(Change.Kind.POLICY));
        wakeEvaluator.run();
    }
}
