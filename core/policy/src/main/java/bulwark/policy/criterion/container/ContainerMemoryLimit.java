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

/// How large a container's memory limit is, in MiB; 0 where there is none.
public final class ContainerMemoryLimit implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Container Memory Limit",
                        "The memory limit of the container compares with a number; 0 where there is none",
                        new Grammar.Amount("MiB (1024*1024 bytes)"))
                .notNegatable();
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.number(group, ContainerMemoryLimit::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        double value = value(container);
        return container.finding(
                "resources.limits.memory",
                Double.toString(value),
                value == 0 ? "has no memory limit" : "has a memory limit of " + value + " MiB");
    }

    private static double value(ContainerPart container) {
        return container.value().resources().memoryLimitMib();
    }
}
