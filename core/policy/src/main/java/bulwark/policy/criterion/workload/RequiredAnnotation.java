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

/// Which annotations a workload must have itself, not its pods. The missing ones are found: with OR where none of the
/// values is there, with AND where one of them is not.
public final class RequiredAnnotation implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Required Annotation",
                        "The workload lacks an annotation that it must have",
                        new Grammar.KeyValue())
                .notNegatable();
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.entries(
                new PolicyGroup(group.field(), group.operator(), true, group.values()),
                patterns,
                workload -> workload.workload().metadata().annotations());
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        String present =
                String.join(", ", workload.workload().metadata().annotations().keySet());
        return new Finding(
                "metadata.annotations",
                present,
                "The workload lacks a required annotation: " + String.join(", ", group.values()));
    }
}
