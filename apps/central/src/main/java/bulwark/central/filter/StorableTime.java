package bulwark.central.filter;

import java.time.DateTimeException;
import java.time.Instant;

/// Times that a column can be compared with: Java has years that PostgreSQL has not.
final class StorableTime {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private StorableTime() {}

    /// The time itself; one of the first or after the last four-digit year is refused.
    static Instant checked(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST))
            throw new DateTimeException("not a year from 1 to 9999: " + time);
        return time;
    }
}
