package bulwark.central.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cluster with its health, as lists show it.
public record ClusterRow(
        String id,
        String name,
        Status status,
        @Nullable String sensorVersion,
        @Nullable String kubernetesVersion,
        List<String> capabilities,
        List<MissingPermission> missingPermissions,
        @Nullable Instant lastContactAt,
        @Nullable Instant lastSyncedAt,
        @Nullable Instant certificateExpiresAt,
        Instant createdAt,
        long workloads,
        long pods,
        long nodes) {
    public ClusterRow {
        capabilities = List.copyOf(capabilities);
        missingPermissions = List.copyOf(missingPermissions);
    }

    /// How a cluster's Sensor stands to Central.
    public enum Status {
        CONNECTED,
        SYNCING,
        DISCONNECTED,
        NEVER_CONNECTED
    }

    /// Something that a Sensor may not read; what depends on it is unknown.
    public record MissingPermission(String resource, String verb, String reason) {}
}
