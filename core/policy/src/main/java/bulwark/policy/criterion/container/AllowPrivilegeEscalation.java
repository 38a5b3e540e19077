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

/// Whether processes may gain privileges, as by setuid files; absent means that they may.
public final class AllowPrivilegeEscalation implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Allow Privilege Escalation",
                        "A process of the container may gain more privileges than its parent has",
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
        return Conditions.flag(group, AllowPrivilegeEscalation::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        boolean value = value(container);
        return container.finding(
                "securityContext.allowPrivilegeEscalation",
                Boolean.toString(value),
                value ? "allows privilege escalation" : "does not allow privilege escalation");
    }

    private static boolean value(ContainerPart container) {
        return !Boolean.FALSE.equals(container.securityContext().allowPrivilegeEscalation());
    }
}
