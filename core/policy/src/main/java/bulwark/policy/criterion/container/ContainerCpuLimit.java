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

/// How large a container's CPU limit is, in cores; 0 where there is none.
public final class ContainerCpuLimit implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Container CPU Limit",
                        "The CPU limit of the container compares with a number; 0 where there is none",
                        new Grammar.Amount("cores"))
                .notNegatable();
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.number(group, ContainerCpuLimit::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        double value = value(container);
        return container.finding(
                "resources.limits.cpu",
                Double.toString(value),
                value == 0 ? "has no CPU limit" : "has a CPU limit of " + value + " cores");
    }

    private static double value(ContainerPart container) {
        return container.value().resources().cpuLimitCores();
    }
}
