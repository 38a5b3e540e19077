package bulwark.sensor.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses between attempts: they double from the first to the longest, and each is spread from half to one and a half
/// of itself, so that the Sensors of a Central that comes back do not all come at once. Used by one thread.
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration middle;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.middle = first;
    }

    /// How long to wait now; the next pause is longer.
    Duration next() {
        long nanos = (long) (middle.toNanos() * (0.5 + random.nextDouble()));
        Duration doubled = middle.multipliedBy(2);
        middle = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofNanos(nanos);
    }

    /// Begins anew, after an attempt that held.
    void reset() {
        middle = first;
    }
}
