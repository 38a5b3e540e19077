package bulwark.policy.criterion.container;

import bulwark.model.inventory.SecurityContext.SecurityProfile;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which system calls are filtered. The container's profile counts before the pod's; where neither is set, nothing is
/// found: unset is not unconfined.
public final class SeccompProfileType implements Criterion<ContainerPart> {
    private static final String FIELD = "securityContext.seccompProfile.type";

    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Seccomp Profile Type",
                        "The seccomp profile is of a type",
                        new Grammar.Choice(List.of("UNCONFINED", "RUNTIME_DEFAULT", "LOCALHOST")))
                .taking(Combination.ONE);
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.choice(group, SeccompProfileType::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        boolean own = container.securityContext().seccomp() != null;
        String value = String.valueOf(value(container));
        String said = "has a seccomp profile of type " + value + (own ? "" : " from its pod");
        return own
                ? container.finding(FIELD, value, said)
                : container.findingAt(container.workload().podPath(FIELD), value, said);
    }

    private static @Nullable String value(ContainerPart container) {
        SecurityProfile profile = container.securityContext().seccomp();
        if (profile == null) profile = container.podSpec().securityContext().seccomp();
        if (profile == null) return null;
        return switch (profile.type()) {
            case "Unconfined" -> "UNCONFINED";
            case "RuntimeDefault" -> "RUNTIME_DEFAULT";
            case "Localhost" -> "LOCALHOST";
            default -> null;
        };
    }
}
