package bulwark.central.change;

/// Something that lists show has changed. The cluster id is empty where it belongs to none, the namespace where the
/// thing lies in none.
public record Change(Kind kind, String clusterId, String namespace) {
    /// What kind of thing changed.
    public enum Kind {
        ALERT,
        WORKLOAD,
        CLUSTER,
        POLICY,
        NOTIFIER;

        /// As the API writes it.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static Change of(Kind kind) {
        return new Change(kind, "", "");
    }

    public static Change of(Kind kind, String clusterId) {
        return new Change(kind, clusterId, "");
    }
}
