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

/// Annotations that a workload must not have itself.
public final class DisallowedAnnotation implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Disallowed Annotation",
                        "The workload has an annotation that it must not have",
                        new Grammar.KeyMaybeValue())
                .notNegatable();
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.entries(
                group, patterns, workload -> workload.workload().metadata().annotations());
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        String present =
                String.join(", ", workload.workload().metadata().annotations().keySet());
        return new Finding(
                "metadata.annotations",
                present,
                "The workload has a disallowed annotation: " + String.join(", ", group.values()));
    }
}
