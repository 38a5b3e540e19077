package bulwark.policy.criterion.container;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Combination;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.ContainerPart;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// Whether a container runs privileged; absent means that it does not.
public final class PrivilegedContainer implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Privileged Container",
                        "The container runs privileged: with every capability and all devices of the host",
                        new Grammar.Flag())
                .notNegatable()
                .taking(Combination.ONE);
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.flag(group, PrivilegedContainer::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        boolean value = value(container);
        return container.finding(
                "securityContext.privileged", Boolean.toString(value), value ? "is privileged" : "is not privileged");
    }

    private static boolean value(ContainerPart container) {
        return Boolean.TRUE.equals(container.securityContext().privileged());
    }
}
