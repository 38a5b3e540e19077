package bulwark.policy;

import bulwark.model.alert.Violation;
import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicySection;
import java.time.Instant;
import java.util.List;

/// Policies written in a line, asked of one workload.
public final class Ask {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private Ask() {}

    /// What a policy of one criterion finds, its values combined by OR.
    public static List<Violation> of(WorkloadContext context, String field, String... values) {
        return of(context, group(field, values));
    }

    /// What a policy of one section finds.
    public static List<Violation> of(WorkloadContext context, PolicyGroup... groups) {
        return evaluation(context, policy(section(groups))).violations();
    }

    /// What policies say.
    public static Evaluation evaluation(WorkloadContext context, Policy... policies) {
        var evaluator = PolicyEvaluator.compile(List.of(policies));
        if (!evaluator.rejections().isEmpty()) {
            throw new IllegalArgumentException(evaluator.rejections().toString());
        }
        return evaluator.evaluate(context, NOW);
    }

    /// A policy for workloads.
    public static Policy policy(PolicySection... sections) {
        return PolicyCases.policy(
                "policy-1",
                "A policy of a test",
                List.of(LifecycleStage.DEPLOY),
                EventSource.NOT_APPLICABLE,
                List.of(sections));
    }

    /// A section.
    public static PolicySection section(PolicyGroup... groups) {
        return new PolicySection("section", List.of(groups));
    }

    /// A criterion of which one value must hold.
    public static PolicyGroup group(String field, String... values) {
        return new PolicyGroup(field, PolicyGroup.Operator.OR, false, List.of(values));
    }

    /// A criterion of which all values must hold.
    public static PolicyGroup all(String field, String... values) {
        return new PolicyGroup(field, PolicyGroup.Operator.AND, false, List.of(values));
    }

    /// A criterion of which no value may hold.
    public static PolicyGroup not(String field, String... values) {
        return new PolicyGroup(field, PolicyGroup.Operator.OR, true, List.of(values));
    }
}
