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

/// What is mounted: the path on the host, the name of the ConfigMap or claim, `server/path` for NFS, the medium of an
/// emptyDir.
public final class VolumeSource implements Criterion<MountPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Volume Source",
                "The source of a mounted volume matches a pattern: a path of the host, the name of a ConfigMap or claim",
                new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.MOUNT;
    }

    @Override
    public Condition<MountPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, mount -> mount.volume().source());
    }

    @Override
    public Finding find(MountPart mount, PolicyGroup group) {
        return mount.inVolume(mount.volume().type(), mount.volume().source());
    }
}
