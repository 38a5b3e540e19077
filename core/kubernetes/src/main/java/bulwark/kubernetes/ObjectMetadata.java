package bulwark.kubernetes;

import bulwark.model.inventory.Metadata;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `metadata`. The annotation in which kubectl keeps the whole object as last applied is left out: it is large
/// and may hold what a Secret or an environment says.
final class ObjectMetadata {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ObjectMetadata() {}

    static Metadata read(Field metadata, String namespace, String name, KubernetesLimits limits) {
        return new Metadata(
                namespace,
                name,
                emptyAsNull(metadata.at("uid").textOrNull()),
                metadata.at("labels").textMap(limits.metadataLength()),
                annotations(metadata.at("annotations"), limits),
                createdAt(metadata.at("creationTimestamp")));
    }

    static Map<String, String> annotations(Field annotations, KubernetesLimits limits) {
        Map<String, String> all = annotations.textMap(limits.metadataLength());
        if (!all.containsKey(LAST_APPLIED)) return all;
        var kept = new TreeMap<>(all);
        kept.remove(LAST_APPLIED);
        return kept;
    }

    static Ownership ownership(Field metadata, String kind, String namespace, String name, KubernetesLimits limits) {
        return new Ownership(
                kind,
                namespace,
                name,
                metadata.at("uid").text(""),
                metadata.at("generateName").text(""),
                owners(metadata.at("ownerReferences"), limits));
    }

    private static List<OwnerReference> owners(Field references, KubernetesLimits limits) {
        if (!references.isPresent()) return List.of();
        var owners = new ArrayList<OwnerReference>();
        for (Field reference : references.items(limits.listEntries())) {
            owners.add(new OwnerReference(
                    reference.at("apiVersion").text(""),
                    reference.at("kind").text(""),
                    reference.at("name").text(""),
                    reference.at("uid").text(""),
                    reference.at("controller").isTrue()));
        }
        return owners;
    }

    private static @Nullable Instant createdAt(Field field) {
        String text = field.textOrNull();
        if (text == null || text.isEmpty()) return null;
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            field.wrong("a time such as 2026-01-31T12:00:00Z");
            return null;
        }
    }

    static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
