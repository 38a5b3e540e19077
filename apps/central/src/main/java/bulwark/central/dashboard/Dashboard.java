package bulwark.central.dashboard;

import bulwark.central.view.SeverityCounts;
import bulwark.central.view.WorkloadRow;
import bulwark.model.policy.Severity;
import java.util.List;

/// What needs attention. Alerts of the platform's own namespaces are counted apart and in nothing else.
record Dashboard(
        SeverityCounts openAlerts,
        long platformAlerts,
        List<Day> timeline,
        List<WorkloadRow> worstWorkloads,
        List<TopPolicy> topPolicies,
        List<? extends Record> clusters,
        List<Coverage> undecided) {
    Dashboard {
        timeline = List.copyOf(timeline);
        worstWorkloads = List.copyOf(worstWorkloads);
        topPolicies = List.copyOf(topPolicies);
        clusters = List.copyOf(clusters);
        undecided = List.copyOf(undecided);
    }

    /// A day in UTC (`2026-11-21`): alerts first seen and resolved on it, and those not resolved at its end.
    record Day(String day, int opened, int resolved, int open) {}

    record TopPolicy(String policyId, String policyName, Severity severity, int alerts) {}

    /// What could not be decided, and why.
    record Coverage(String reason, int policies, int workloads) {}
}
