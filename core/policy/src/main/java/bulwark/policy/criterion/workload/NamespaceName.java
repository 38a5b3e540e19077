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

/// The namespace that a workload is in.
public final class NamespaceName implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload("Namespace", "The name of the namespace matches a pattern", new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, NamespaceName::value);
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        return new Finding("metadata.namespace", value(workload), "The namespace is '" + value(workload) + "'");
    }

    private static String value(WorkloadPart workload) {
        return workload.workload().metadata().namespace();
    }
}
