package bulwark.policy.criterion.workload;

import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.ServiceAccount;
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

/// Whether the pods are given their ServiceAccount's token. Where the pod spec is silent the ServiceAccount decides;
/// where that is silent or not known, they are.
public final class AutomountServiceAccountToken implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Automount Service Account Token",
                        "The pods are given the token of their ServiceAccount",
                        new Grammar.Flag())
                .notNegatable()
                .taking(Combination.ONE)
                .knowingBetter("Where the pod spec is silent, the setting of the ServiceAccount counts.");
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
    public String unknownBecause() {
        return "the ServiceAccount of the workload is not known";
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        boolean value = value(workload);
        return new Finding(
                workload.podPath("automountServiceAccountToken"),
                Boolean.toString(value),
                value
                        ? "The token of the ServiceAccount is mounted into the pods"
                        : "The token of the ServiceAccount is not mounted into the pods");
    }

    private static Condition<WorkloadPart> condition(PolicyGroup group) {
        var known = Conditions.flag(group, AutomountServiceAccountToken::value);
        return workload -> isKnown(workload) ? known.test(workload) : Ternary.UNKNOWN;
    }

    private static boolean isKnown(WorkloadPart workload) {
        return workload.workload().podSpec().automountServiceAccountToken() != null
                || !workload.context().unread().contains(ObjectType.SERVICE_ACCOUNT);
    }

    private static boolean value(WorkloadPart workload) {
        Boolean own = workload.workload().podSpec().automountServiceAccountToken();
        if (own != null) return own;
        ServiceAccount account = workload.context().serviceAccount();
        return account == null || !Boolean.FALSE.equals(account.automountToken());
    }
}
