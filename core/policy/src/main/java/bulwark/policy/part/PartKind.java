package bulwark.policy.part;

import org.jspecify.annotations.Nullable;

/// What a criterion is about. Criteria of one section that meet in a part must hold for the same one: the privileged
/// container is the one with the vulnerable image, not a neighbour.
public enum PartKind {
    WORKLOAD(null),
    CONTAINER(WORKLOAD),
    MOUNT(CONTAINER),
    VARIABLE(CONTAINER),
    PORT(WORKLOAD),
    EXPOSURE(PORT);

    private final @Nullable PartKind parent;

    PartKind(@Nullable PartKind parent) {
        this.parent = parent;
    }

    /// What such a part belongs to; absent for the workload itself.
    public @Nullable PartKind parent() {
        return parent;
    }
}
