package bulwark.policy.criterion.network;

import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.ObjectType;
import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Combination;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.part.WorkloadPart;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.Ternary;

/// Whether a NetworkPolicy isolates the pods for ingress. Not known for a manifest that belongs to no cluster, nor
/// where NetworkPolicies may not be read.
public final class HasIngressNetworkPolicy implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Has Ingress Network Policy",
                        "A NetworkPolicy selects the pods for ingress",
                        new Grammar.Flag())
                .taking(Combination.ONE);
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return condition(group);
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        boolean value = value(workload);
        return new Finding(
                "NetworkPolicy:spec.policyTypes",
                Boolean.toString(value),
                value
                        ? "A NetworkPolicy selects the pods for ingress"
                        : "No NetworkPolicy selects the pods for ingress");
    }

    @Override
    public String unknownBecause() {
        return "the NetworkPolicies around the workload are not known";
    }

    private static Condition<WorkloadPart> condition(PolicyGroup group) {
        var known = Conditions.flag(group, HasIngressNetworkPolicy::value);
        return workload -> workload.knows(ObjectType.NETWORK_POLICY) ? known.test(workload) : Ternary.UNKNOWN;
    }

    private static boolean value(WorkloadPart workload) {
        for (NetworkPolicy policy : workload.context().networkPolicies()) {
            if (policy.ingress()) return true;
        }
        return false;
    }
}
