package bulwark.policy.criterion.volume;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Combination;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.MountPart;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// Whether a container may write to a volume that it mounts.
public final class WritableMountedVolume implements Criterion<MountPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Writable Mounted Volume",
                        "The container may write to a volume that it mounts",
                        new Grammar.Flag())
                .notNegatable()
                .taking(Combination.ONE);
    }

    @Override
    public PartKind kind() {
        return PartKind.MOUNT;
    }

    @Override
    public Condition<MountPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.flag(group, mount -> !mount.mount().readOnly());
    }

    @Override
    public Finding find(MountPart mount, PolicyGroup group) {
        return mount.inMount("readOnly", Boolean.toString(mount.mount().readOnly()));
    }
}
