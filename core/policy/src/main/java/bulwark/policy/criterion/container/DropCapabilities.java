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

/// Capabilities that a container must give up. The missing ones are found: with OR where none of the values is dropped,
/// with AND where one of them is not. Dropping ALL drops each.
public final class DropCapabilities implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Drop Capabilities",
                        "The container does not drop a capability that it must",
                        new Grammar.Choice(Capabilities.NAMES_AND_ALL))
                .notNegatable();
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.value(
                new PolicyGroup(group.field(), group.operator(), true, group.values()),
                Conditions.tests(group, wanted -> container -> drops(container, wanted)),
                container -> container);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        String dropped = String.join(", ", container.securityContext().droppedCapabilities());
        return container.finding(
                "securityContext.capabilities.drop",
                dropped,
                "does not drop " + String.join(", ", group.values()) + (dropped.isEmpty() ? "" : ", only " + dropped));
    }

    private static boolean drops(ContainerPart container, String wanted) {
        for (String dropped : container.securityContext().droppedCapabilities()) {
            if (dropped.equalsIgnoreCase("ALL") || dropped.equalsIgnoreCase(wanted)) return true;
        }
        return false;
    }
}
