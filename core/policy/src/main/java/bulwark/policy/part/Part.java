package bulwark.policy.part;

import java.util.List;

/// One part of a workload, which one criterion or several look at together.
public sealed interface Part permits WorkloadPart, ContainerPart, MountPart, VariablePart, PortPart, ExposurePart {
    /// The parts of a kind that belong directly to this one; empty where this part has none of the kind.
    List<? extends Part> parts(PartKind kind);

    /// Whether there may be parts of a kind that nobody told us of, so that finding none proves nothing.
    default boolean mayHaveMore(PartKind kind) {
        return false;
    }

    /// The name of the container that this part is or belongs to; empty for the whole workload.
    String container();
}
