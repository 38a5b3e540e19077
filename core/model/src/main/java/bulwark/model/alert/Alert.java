package bulwark.model.alert;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.policy.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A policy that a workload violates: open from the first time it is seen until it is fixed, its workload goes, the
/// policy is switched off or a person resolves it. There is at most one open alert for each policy and workload.
///
/// `resolution` says why it was resolved (`fixed`, `workload deleted`, `policy disabled`, `policy deleted`,
/// `excluded`, `cluster removed`, or what a person wrote); absent while open. `platform` marks workloads of the
/// platform's own namespaces.
public record Alert(
        String id,
        String policyId,
        String policyName,
        Severity severity,
        List<String> categories,
        String clusterId,
        String clusterName,
        ObjectKey workload,
        boolean platform,
        AlertState state,
        @Nullable Instant snoozedUntil,
        List<Violation> violations,
        Instant firstSeenAt,
        Instant changedAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolution) {
    public Alert {
        categories = List.copyOf(categories);
        violations = List.copyOf(violations);
    }
}
