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
import org.jspecify.annotations.Nullable;

/// Whether a path of the host is mounted writable. Asked for `false`, it finds those that are mounted read-only.
public final class WritableHostMount implements Criterion<MountPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Writable Host Mount",
                        "A path of the host is mounted, and the container may write to it",
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
        return Conditions.value(
                group,
                Conditions.tests(group, text -> writable -> writable == Boolean.parseBoolean(text)),
                WritableHostMount::value);
    }

    @Override
    public Finding find(MountPart mount, PolicyGroup group) {
        return mount.inMount("readOnly", Boolean.toString(mount.mount().readOnly()));
    }

    private static @Nullable Boolean value(MountPart mount) {
        return mount.volume().type().equals("hostPath") ? !mount.mount().readOnly() : null;
    }
}
