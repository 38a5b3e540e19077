package bulwark.policy.criterion.container;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.ContainerPart;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// A container by its name.
public final class ContainerName implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Container Name", "The name of the container matches a pattern", new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, ContainerPart::container);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        return container.finding("name", container.container(), "is called so");
    }
}
