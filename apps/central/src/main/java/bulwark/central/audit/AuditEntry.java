package bulwark.central.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One change that somebody made.
public record AuditEntry(
        String id,
        Instant at,
        String actor,
        String action,
        String object,
        @Nullable String detail,
        @Nullable String remoteAddress) {}
