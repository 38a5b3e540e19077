package bulwark.kubernetes;

/// How much of an object is read. The first four bound the readers that make a [Tree], the others the projection; an
/// object that the API server accepted (at most 3 MiB) passes none of the defaults but by intent.
public record KubernetesLimits(
        int depth,
        int nodes,
        int textLength,
        int documents,
        int containers,
        int environmentEntries,
        int listEntries,
        int metadataLength,
        int problems) {
    /// What an API server takes, with room.
    public static final KubernetesLimits DEFAULT =
            new KubernetesLimits(64, 2_000_000, 4 << 20, 10_000, 500, 5_000, 20_000, 512 << 10, 20);

    public KubernetesLimits {
        if (depth < 1
                || nodes < 1
                || textLength < 1
                || documents < 1
                || containers < 1
                || environmentEntries < 1
                || listEntries < 1
                || metadataLength < 1
                || problems < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }
}
