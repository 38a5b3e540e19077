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

/// A mounted volume by its name.
public final class VolumeName implements Criterion<MountPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Volume Name", "The name of a mounted volume matches a pattern", new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.MOUNT;
    }

    @Override
    public Condition<MountPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, mount -> mount.volume().name());
    }

    @Override
    public Finding find(MountPart mount, PolicyGroup group) {
        return mount.inVolume("name", mount.volume().name());
    }
}
