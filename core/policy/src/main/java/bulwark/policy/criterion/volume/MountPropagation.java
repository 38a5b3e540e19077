package bulwark.policy.criterion.volume;

import bulwark.model.inventory.VolumeMount;
import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.MountPart;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.Ternary;
import java.util.List;

/// How mounts made in the container show on the host and back.
public final class MountPropagation implements Criterion<MountPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Mount Propagation",
                "Mounts made on one side of a volume show on the other",
                new Grammar.Choice(List.of("NONE", "HOSTTOCONTAINER", "BIDIRECTIONAL")));
    }

    @Override
    public PartKind kind() {
        return PartKind.MOUNT;
    }

    @Override
    public Condition<MountPart> compile(PolicyGroup group, Patterns patterns) {
        return condition(group);
    }

    @Override
    public String unknownBecause() {
        return "how mounts propagate is said in words of a later version";
    }

    @Override
    public Finding find(MountPart mount, PolicyGroup group) {
        return mount.inMount("mountPropagation", value(mount));
    }

    private static Condition<MountPart> condition(PolicyGroup group) {
        var known = Conditions.choice(group, MountPropagation::value);
        return mount ->
                mount.mount().propagation() == VolumeMount.Propagation.UNKNOWN ? Ternary.UNKNOWN : known.test(mount);
    }

    private static String value(MountPart mount) {
        return switch (mount.mount().propagation()) {
            case NONE -> "NONE";
            case HOST_TO_CONTAINER -> "HOSTTOCONTAINER";
            case BIDIRECTIONAL -> "BIDIRECTIONAL";
            case UNKNOWN -> "UNKNOWN";
        };
    }
}
