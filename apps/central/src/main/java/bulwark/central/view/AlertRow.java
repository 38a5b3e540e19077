package bulwark.central.view;

import bulwark.model.alert.AlertState;
import bulwark.model.policy.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alert as lists show it.
public record AlertRow(
        String id,
        String policyId,
        String policyName,
        Severity severity,
        List<String> categories,
        WorkloadKey workload,
        boolean platform,
        AlertState state,
        @Nullable Instant snoozedUntil,
        int violationCount,
        Instant firstSeenAt,
        Instant changedAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolution) {
    public AlertRow {
        categories = List.copyOf(categories);
    }
}
