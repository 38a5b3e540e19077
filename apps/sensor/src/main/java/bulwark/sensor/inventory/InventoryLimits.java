package bulwark.sensor.inventory;

import java.time.Duration;

/// How much is sent at once and how long things may wait.
///
/// A batch ends at `batchObjects`, at `batchBytes` (a larger document travels alone) or when `linger` is over. At most
/// `openBatches` are unacknowledged and `openBuckets` unanswered: what changes meanwhile waits as a set of keys, so
/// that memory stays bounded by the number of objects. `stall` is how long Central may be silent with something to
/// answer. `ownerWait` is how long a pod waits for the object that owns it.
public record InventoryLimits(
        int batchObjects,
        int batchBytes,
        Duration linger,
        int openBatches,
        int openBuckets,
        Duration stall,
        Duration ownerWait) {
    /// For any cluster that is not a test.
    public static final InventoryLimits DEFAULT = new InventoryLimits(
            500, 1 << 20, Duration.ofMillis(200), 4, 32, Duration.ofMinutes(5), Duration.ofSeconds(10));

    public InventoryLimits {
        if (batchObjects < 1 || batchBytes < 1 || openBatches < 1 || openBuckets < 1) {
            throw new IllegalArgumentException("batches, buckets and their sizes need a positive limit");
        }
    }
}
