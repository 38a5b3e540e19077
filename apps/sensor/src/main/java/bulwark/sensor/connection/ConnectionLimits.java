package bulwark.sensor.connection;

import java.time.Duration;

/// How long Sensor waits for Central, and between attempts.
///
/// `welcome` bounds the wait for the answer to a Hello; `healthInterval` is how often a changed health is told;
/// `incompatibleRetry` is the wait after Central said that the versions do not go together.
public record ConnectionLimits(
        Duration welcome,
        Duration healthInterval,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration incompatibleRetry) {
    /// For any Sensor that is not a test.
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5));
}
