package bulwark.sensor.watch;

import java.time.Duration;

/// How Sensor may load an API server, and how long it believes in a silent one.
///
/// A watch asks the server to end it after `watchTimeout` and is taken for dead after `idle` without a byte: servers
/// send a bookmark each minute. `forbiddenRetry` is how often a missing permission is asked for again, and
/// `concurrentLists` bounds the memory that first lists take.
public record WatchLimits(
        int pageSize,
        int metadataPageSize,
        int concurrentLists,
        Duration requestTimeout,
        Duration watchTimeout,
        Duration idle,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration forbiddenRetry) {
    /// For any cluster that is not a test.
    public static final WatchLimits DEFAULT = new WatchLimits(
            500,
            500,
            3,
            Duration.ofSeconds(60),
            Duration.ofMinutes(8),
            Duration.ofSeconds(150),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5));

    public WatchLimits {
        if (pageSize < 1 || metadataPageSize < 1 || concurrentLists < 1) {
            throw new IllegalArgumentException("pages and lists need a positive limit");
        }
    }
}
