package bulwark.policy.alert;

import bulwark.model.alert.Alert;
import bulwark.model.alert.AlertState;
import bulwark.model.alert.Violation;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.policy.Evaluation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has to become of the alerts of one workload once its policies have been asked: which to open, which have other
/// violations now, which are done with.
///
/// An alert stays open as long as nobody knows better: an undecided or rejected policy resolves nothing.
public record AlertChanges(List<Opening> opened, List<Update> updated, List<Resolution> resolved) {
    public AlertChanges {
        opened = List.copyOf(opened);
        updated = List.copyOf(updated);
        resolved = List.copyOf(resolved);
    }

    /// Compares the alerts of a workload that are not resolved with an evaluation of it. `policies` holds all that
    /// exist, by id, the disabled ones too.
    public static AlertChanges between(List<Alert> open, Evaluation evaluation, Map<String, Policy> policies) {
        var violated = evaluation.byPolicy();
        var opened = new ArrayList<Opening>();
        var updated = new ArrayList<Update>();
        var resolved = new ArrayList<Resolution>();
        var alerted = new HashSet<String>();
        for (Alert alert : open) {
            if (alert.state() == AlertState.RESOLVED) continue;
            alerted.add(alert.policyId());
            List<Violation> now = violated.get(alert.policyId());
            if (now == null) {
                reason(alert, evaluation, policies).ifPresent(why -> resolved.add(new Resolution(alert, why)));
            } else {
                Alert current = named(alert, policies.get(alert.policyId()));
                if (!now.equals(alert.violations()) || !current.equals(alert)) updated.add(new Update(current, now));
            }
        }
        violated.forEach((id, violations) -> {
            Policy policy = policies.get(id);
            if (policy != null && !alerted.contains(id)) opened.add(new Opening(policy, violations));
        });
        return new AlertChanges(opened, updated, resolved);
    }

    /// The alert under the name and severity that its policy has now: a new version of Bulwark may ship others.
    private static Alert named(Alert alert, @Nullable Policy policy) {
        if (policy == null) return alert;
        if (policy.name().equals(alert.policyName()) && policy.severity() == alert.severity()) return alert;
        return new Alert(
                alert.id(),
                alert.policyId(),
                policy.name(),
                policy.severity(),
                alert.categories(),
                alert.clusterId(),
                alert.clusterName(),
                alert.workload(),
                alert.platform(),
                alert.state(),
                alert.snoozedUntil(),
                alert.violations(),
                alert.firstSeenAt(),
                alert.changedAt(),
                alert.resolvedAt(),
                alert.resolution());
    }

    /// What becomes of the alerts of a workload that is gone.
    public static AlertChanges workloadDeleted(List<Alert> open) {
        return new AlertChanges(
                List.of(),
                List.of(),
                open.stream()
                        .filter(alert -> alert.state() != AlertState.RESOLVED)
                        .map(alert -> new Resolution(alert, "workload deleted"))
                        .toList());
    }

    /// Whether there is nothing to do.
    public boolean isEmpty() {
        return opened.isEmpty() && updated.isEmpty() && resolved.isEmpty();
    }

    /// Why an alert that is no longer violated is done with; empty where nobody can tell.
    private static Optional<String> reason(Alert alert, Evaluation evaluation, Map<String, Policy> policies) {
        Policy policy = policies.get(alert.policyId());
        if (policy == null) return Optional.of("policy deleted");
        if (policy.disabled()) return Optional.of("policy disabled");
        if (policy.stages().contains(LifecycleStage.RUNTIME)) return Optional.empty(); // opened by an event, not by us
        if (!policy.stages().contains(LifecycleStage.DEPLOY)) return Optional.of("policy no longer about workloads");
        return switch (evaluation.of(policy.id())) {
            case MET -> Optional.of("fixed");
            case EXCLUDED -> Optional.of("excluded");
            case VIOLATED, UNDECIDED, NOT_ASKED -> Optional.empty();
        };
    }

    /// An alert to open.
    public record Opening(Policy policy, List<Violation> violations) {
        public Opening {
            violations = List.copyOf(violations);
        }
    }

    /// An open alert whose violations, or whose policy's name or severity, are others now; the alert bears the new
    /// ones.
    public record Update(Alert alert, List<Violation> violations) {
        public Update {
            violations = List.copyOf(violations);
        }
    }

    /// An alert to resolve, and why.
    public record Resolution(Alert alert, String reason) {}
}
