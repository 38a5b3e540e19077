package bulwark.model.policy;

import org.jspecify.annotations.Nullable;

/// Where a policy applies, or where an exclusion does: every part that is given must hold; none given means everywhere.
/// `cluster` is an id or a name, the others are patterns over the whole text without regard to case.
public record PolicyScope(
        @Nullable String cluster,
        @Nullable String namespace,
        @Nullable Label label,
        @Nullable Label clusterLabel,
        @Nullable Label namespaceLabel) {
    /// A label's key and value as patterns.
    public record Label(String key, String value) {}
}
