package bulwark.policy.part;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.PodSpec;
import bulwark.model.inventory.SecurityContext;
import bulwark.model.inventory.Volume;
import bulwark.model.inventory.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One container with its image.
public final class ContainerPart implements Part {
    private final WorkloadPart workload;
    private final Container container;
    private final String parentPath;
    private @Nullable List<MountPart> mounts;
    private @Nullable List<VariablePart> variables;

    ContainerPart(WorkloadPart workload, Container container, String parentPath) {
        this.workload = workload;
        this.container = container;
        this.parentPath = parentPath;
    }

    /// The workload that runs it.
    public WorkloadPart workload() {
        return workload;
    }

    /// The container as the inventory has it.
    public Container value() {
        return container;
    }

    /// What it asks of the kernel.
    public SecurityContext securityContext() {
        return container.securityContext();
    }

    /// The pod spec that it stands in.
    public PodSpec podSpec() {
        return workload.workload().podSpec();
    }

    @Override
    public String container() {
        return container.name();
    }

    /// The path of a field of it.
    public String path(String field) {
        return parentPath + "." + container.path() + "." + field;
    }

    /// A finding in one of its fields; the sentence is `Container 'name'` and what is said of it.
    public Finding finding(String field, String value, String said) {
        return findingAt(path(field), value, said);
    }

    /// A finding about it in a field that is not its own, say of its pod.
    public Finding findingAt(String fieldPath, String value, String said) {
        return new Finding(fieldPath, value, "Container '" + container.name() + "' " + said);
    }

    @Override
    public List<? extends Part> parts(PartKind kind) {
        return switch (kind) {
            case MOUNT -> mounts();
            case VARIABLE -> variables();
            case WORKLOAD, CONTAINER, PORT, EXPOSURE -> List.of();
        };
    }

    private List<MountPart> mounts() {
        var known = mounts;
        if (known != null) return known;
        var found = new ArrayList<MountPart>(container.volumeMounts().size());
        for (int i = 0; i < container.volumeMounts().size(); i++) {
            VolumeMount mount = container.volumeMounts().get(i);
            int volume = volumeNamed(mount.volume());
            // A mounted Secret is not a volume here: StackRox keeps those apart, and its policies rely on that.
            if (volume >= 0 && !podSpec().volumes().get(volume).type().equals("secret")) {
                found.add(new MountPart(this, mount, i, podSpec().volumes().get(volume), volume));
            }
        }
        mounts = found;
        return found;
    }

    private int volumeNamed(String name) {
        List<Volume> volumes = podSpec().volumes();
        for (int i = 0; i < volumes.size(); i++) {
            if (volumes.get(i).name().equals(name)) return i;
        }
        return -1;
    }

    private List<VariablePart> variables() {
        var known = variables;
        if (known != null) return known;
        var found = new ArrayList<VariablePart>(container.environment().size());
        for (int i = 0; i < container.environment().size(); i++) {
            found.add(new VariablePart(this, container.environment().get(i), i));
        }
        variables = found;
        return found;
    }
}
