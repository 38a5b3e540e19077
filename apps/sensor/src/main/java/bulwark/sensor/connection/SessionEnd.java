package bulwark.sensor.connection;

import java.time.Duration;

/// How the streams to Central came to an end.
sealed interface SessionEnd {
    /// The connection broke or could not be made.
    record Broken(String reason) implements SessionEnd {}

    /// Central asked to come again, at the earliest after `after`.
    record ComeAgain(String reason, Duration after) implements SessionEnd {}

    /// The versions of Sensor and Central do not go together.
    record Incompatible(String message, Duration after) implements SessionEnd {}

    /// The certificate was renewed: connect with the new one at once.
    record Renewed() implements SessionEnd {}

    /// This cluster was removed from Central.
    record Removed(String message) implements SessionEnd {}

    /// Another Sensor speaks for this cluster now.
    record Replaced(String message) implements SessionEnd {}
}
