package bulwark.model.inventory;

/// Where a container sees a volume of its pod.
public record VolumeMount(String volume, String mountPath, String subPath, boolean readOnly, Propagation propagation) {
    /// How mounts made on one side show on the other.
    public enum Propagation {
        NONE,
        HOST_TO_CONTAINER,
        BIDIRECTIONAL,
        /// Of a version after this one.
        UNKNOWN
    }
}
