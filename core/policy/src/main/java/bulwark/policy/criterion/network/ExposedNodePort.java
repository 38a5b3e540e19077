package bulwark.policy.criterion.network;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.ExposurePart;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// A port that is open on the node, by hostPort or by a Service.
public final class ExposedNodePort implements Criterion<ExposurePart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Exposed Node Port",
                "The number of a port that is open on the node compares with a number",
                new Grammar.Amount(""));
    }

    @Override
    public PartKind kind() {
        return PartKind.EXPOSURE;
    }

    @Override
    public Condition<ExposurePart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.number(group, ExposurePart::nodePort);
    }

    @Override
    public Finding find(ExposurePart exposure, PolicyGroup group) {
        return exposure.nodePortFound();
    }
}
