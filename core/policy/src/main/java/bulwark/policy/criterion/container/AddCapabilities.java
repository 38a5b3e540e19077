package bulwark.policy.criterion.container;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Capabilities;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.ContainerPart;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// Capabilities that a container is given beyond the default ones.
public final class AddCapabilities implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Add Capabilities",
                        "The container is given a capability",
                        new Grammar.Choice(Capabilities.NAMES))
                .notNegatable();
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.listed(group, container -> container.securityContext().addedCapabilities());
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        String added = String.join(", ", container.securityContext().addedCapabilities());
        return container.finding("securityContext.capabilities.add", added, "adds the capabilities " + added);
    }
}
