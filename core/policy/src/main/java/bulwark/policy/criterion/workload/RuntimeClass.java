package bulwark.policy.criterion.workload;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.part.WorkloadPart;
import bulwark.policy.pattern.Patterns;

/// Which container runtime the pods ask for; empty where they ask for none.
public final class RuntimeClass implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Runtime Class",
                "The runtime class that the pods ask for matches a pattern; empty where they ask for none",
                new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, RuntimeClass::value);
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        return new Finding(
                workload.podPath("runtimeClassName"),
                value(workload),
                "The runtime class is '" + value(workload) + "'");
    }

    private static String value(WorkloadPart workload) {
        String name = workload.workload().podSpec().runtimeClass();
        return name == null ? "" : name;
    }
}
