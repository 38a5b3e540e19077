package bulwark.central.cluster;

import java.time.Duration;

/// How long certificates live. A new authority is made `overlap` before the present one ends and signs Sensors'
/// certificates at once; what servers show follows after half of that time, when Sensors have heard of it. Certificates
/// are renewed when a third of their time is left.
public record AuthorityTimes(Duration authority, Duration overlap, Duration server, Duration sensor) {
    /// Ten years with a year of overlap; three months; a month.
    public static final AuthorityTimes USUAL =
            new AuthorityTimes(Duration.ofDays(3650), Duration.ofDays(365), Duration.ofDays(90), Duration.ofDays(30));

    public AuthorityTimes {
        if (overlap.compareTo(authority) >= 0) {
            throw new IllegalArgumentException("the overlap " + overlap + " is not shorter than the life " + authority);
        }
    }
}
