package bulwark.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Identifiers that sort by the time they were made (RFC 9562, version 7), so that new rows lie side by side in their
/// index. In one process each is greater than the one before, also within a millisecond.
public final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int COUNTER_BITS = 12;
    private static long last; // milliseconds and counter of the last one; guarded by the class

    private UuidV7() {}

    public static UUID next() {
        return of(tick(System.currentTimeMillis()), RANDOM.nextLong());
    }

    /// The smallest identifier of a time: what rows made before and after it compare to.
    public static UUID floor(Instant time) {
        return of(time.toEpochMilli() << COUNTER_BITS, 0);
    }

    /// When an identifier was made.
    public static Instant time(UUID id) {
        if (id.version() != 7) throw new IllegalArgumentException("not a UUID of version 7: " + id);
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    // the 12 bits after the version count within a millisecond; a full count borrows from the next one (RFC 9562 6.2)
    private static synchronized long tick(long millis) {
        long start = (millis << COUNTER_BITS) | RANDOM.nextInt(1 << (COUNTER_BITS - 1));
        last = Math.max(start, last + 1);
        return last;
    }

    private static UUID of(long tick, long random) {
        long high = (tick >>> COUNTER_BITS << 16) | 0x7000L | (tick & ((1 << COUNTER_BITS) - 1));
        long low = (random & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
