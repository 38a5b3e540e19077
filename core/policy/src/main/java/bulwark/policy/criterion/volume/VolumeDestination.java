package bulwark.policy.criterion.volume;

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

/// Where in the container a volume is mounted.
public final class VolumeDestination implements Criterion<MountPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Volume Destination",
                "The path at which the container sees a volume matches a pattern",
                new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.MOUNT;
    }

    @Override
    public Condition<MountPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, mount -> mount.mount().mountPath());
    }

    @Override
    public Finding find(MountPart mount, PolicyGroup group) {
        return mount.inMount("mountPath", mount.mount().mountPath());
    }
}
