package bulwark.central.cluster;

import java.util.UUID;

/// What becomes of a Sensor's wish to join.
public sealed interface JoinResult {
    /// The cluster is in: the certificate of its Sensor and the authorities to trust, both PEM.
    record Joined(UUID clusterId, String certificate, String authorities) implements JoinResult {}

    /// The secret is unknown, used or expired, or its cluster was removed; a caller is not told which.
    record Refused() implements JoinResult {}

    /// The certificate request cannot be used; the secret stays good.
    record Malformed(String problem) implements JoinResult {}
}
