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

/// Of which type a mounted volume is, by the API's word (`hostPath`, `emptyDir` ...).
public final class VolumeType implements Criterion<MountPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Volume Type",
                "The type of a mounted volume matches a pattern: hostPath, emptyDir, configMap",
                new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.MOUNT;
    }

    @Override
    public Condition<MountPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, mount -> mount.volume().type());
    }

    @Override
    public Finding find(MountPart mount, PolicyGroup group) {
        return mount.inVolume("", mount.volume().type());
    }
}
