package bulwark.policy.part;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Workload;
import bulwark.model.inventory.WorkloadContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The workload itself, with what stands around it. Its containers are those of the template, init containers
/// included and ephemeral ones not, and those that were injected into its pods.
///
/// Made for one evaluation on one thread: it works its parts out when they are first asked for.
public final class WorkloadPart implements Part {
    private final WorkloadContext context;
    private @Nullable List<ContainerPart> containers;
    private @Nullable List<PortPart> ports;

    /// Looks at a workload.
    public WorkloadPart(WorkloadContext context) {
        this.context = context;
    }

    /// The workload and what stands around it.
    public WorkloadContext context() {
        return context;
    }

    /// The workload.
    public Workload workload() {
        return context.workload();
    }

    /// Whether the objects of a kind around the workload were looked up: a manifest alone belongs to no cluster yet,
    /// and some kinds may not be read.
    public boolean knows(ObjectType kind) {
        return !context.clusterId().isEmpty() && !context.unread().contains(kind);
    }

    /// Whether all ways are known in which ports are exposed.
    boolean knowsExposures() {
        return knows(ObjectType.SERVICE) && knows(ObjectType.INGRESS);
    }

    /// The path of a field of the pod spec.
    public String podPath(String field) {
        return workload().podSpecPath() + "." + field;
    }

    /// The path of an annotation of the pods.
    public String podAnnotationPath(String key) {
        String spec = workload().podSpecPath();
        return spec.substring(0, spec.length() - "spec".length()) + "metadata.annotations['" + key + "']";
    }

    @Override
    public String container() {
        return "";
    }

    @Override
    public List<? extends Part> parts(PartKind kind) {
        return switch (kind) {
            case CONTAINER -> containers();
            case PORT -> ports();
            case WORKLOAD, MOUNT, VARIABLE, EXPOSURE -> List.of();
        };
    }

    @Override
    public boolean mayHaveMore(PartKind kind) {
        return kind == PartKind.EXPOSURE && !knowsExposures();
    }

    /// The containers that policies look at.
    public List<ContainerPart> containers() {
        var known = containers;
        if (known != null) return known;
        var found =
                new ArrayList<ContainerPart>(workload().podSpec().containers().size());
        for (Container container : workload().podSpec().containers()) {
            if (container.type() != Container.Type.EPHEMERAL) {
                found.add(new ContainerPart(this, container, workload().podSpecPath()));
            }
        }
        for (Container container : context.injectedContainers()) {
            if (container.type() != Container.Type.EPHEMERAL) {
                found.add(new ContainerPart(this, container, "pod:spec"));
            }
        }
        containers = found;
        return found;
    }

    private List<PortPart> ports() {
        var known = ports;
        if (known != null) return known;
        var found = PortPart.of(this);
        ports = found;
        return found;
    }
}
