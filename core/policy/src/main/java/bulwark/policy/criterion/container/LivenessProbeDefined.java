package bulwark.policy.criterion.container;

import bulwark.model.inventory.Container;
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
import org.jspecify.annotations.Nullable;

/// Whether a container that stays has a liveness probe. Init containers that end can have none.
public final class LivenessProbeDefined implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Liveness Probe Defined", "The container has a liveness probe", new Grammar.Flag())
                .notNegatable()
                .taking(Combination.ONE)
                .knowingBetter("Init containers that end are left out: they can have no probe.");
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.value(
                group,
                Conditions.tests(group, text -> found -> found == Boolean.parseBoolean(text)),
                LivenessProbeDefined::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        boolean value = container.value().hasLivenessProbe();
        return container.finding(
                "livenessProbe", Boolean.toString(value), value ? "has a liveness probe" : "has no liveness probe");
    }

    private static @Nullable Boolean value(ContainerPart container) {
        return container.value().type() == Container.Type.INIT
                ? null
                : container.value().hasLivenessProbe();
    }
}
