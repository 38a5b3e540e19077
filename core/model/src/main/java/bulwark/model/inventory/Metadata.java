package bulwark.model.inventory;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What every Kubernetes object says of itself. The namespace is empty for cluster-scoped objects; `uid` and
/// `createdAt` are absent in manifests that no API server has seen.
public record Metadata(
        String namespace,
        String name,
        @Nullable String uid,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable Instant createdAt) {
    public Metadata {
        labels = sorted(labels);
        annotations = sorted(annotations);
    }

    /// Metadata of an object of which only the name is known.
    public static Metadata named(String namespace, String name) {
        return new Metadata(namespace, name, null, Map.of(), Map.of(), null);
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        return map.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
