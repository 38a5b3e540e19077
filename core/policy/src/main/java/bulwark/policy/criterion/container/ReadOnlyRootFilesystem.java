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

/// Whether the root filesystem is read-only; absent means that it is not.
public final class ReadOnlyRootFilesystem implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Read-Only Root Filesystem",
                        "The root filesystem of the container is read-only",
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
        return Conditions.flag(group, ReadOnlyRootFilesystem::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        boolean value = value(container);
        return container.finding(
                "securityContext.readOnlyRootFilesystem",
                Boolean.toString(value),
                value ? "has a read-only root filesystem" : "has a writable root filesystem");
    }

    private static boolean value(ContainerPart container) {
        return Boolean.TRUE.equals(container.securityContext().readOnlyRootFilesystem());
    }
}
