package bulwark.central.flow;

import bulwark.model.policy.Policy;
import bulwark.policy.PolicyEvaluator;
import bulwark.policy.Rejection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policies in force, compiled; compiled anew when the database holds others. Used by one thread.
final class Policies {
    private static final Logger log = LoggerFactory.getLogger(Policies.class);

    private final EvaluationStore store;
    private List<EvaluationStore.StoredPolicy> states = List.of();
    private @Nullable Compiled compiled;

    /// All policies by id, disabled ones too, and the evaluator of those in force.
    record Compiled(Map<String, Policy> byId, PolicyEvaluator evaluator) {
        Compiled {
            byId = Map.copyOf(byId);
        }
    }

    Policies(EvaluationStore store) {
        this.store = store;
    }

    /// As the transaction sees them.
    Compiled current(DSLContext transaction) {
        List<EvaluationStore.StoredPolicy> now = store.policyStates(transaction);
        Compiled present = compiled;
        if (present != null && now.equals(states)) return present;
        List<Policy> policies = store.policies(transaction);
        var byId = new HashMap<String, Policy>();
        for (Policy policy : policies) byId.put(policy.id(), policy);
        var fresh = new Compiled(byId, PolicyEvaluator.compile(policies));
        for (Rejection rejection : fresh.evaluator().rejections()) {
            log.atWarn()
                    .addKeyValue("policy", rejection.policyName())
                    .addKeyValue("problems", rejection.problems())
                    .log("a policy cannot be asked; its open alerts stay as they are");
        }
        states = now;
        compiled = fresh;
        return fresh;
    }
}
