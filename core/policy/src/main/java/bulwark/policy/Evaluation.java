package bulwark.policy;

import bulwark.model.alert.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What policies say of one workload. `asked` names the policies that were asked; those of them that are neither
/// violated, nor undecided, nor excluded are met. `excluded` names those that would be violated, were the workload not
/// outside their scope or among their exclusions. `omitted` counts violations beyond the limit for one policy.
public record Evaluation(
        List<Violation> violations, List<Undecided> undecided, Set<String> excluded, Set<String> asked, int omitted) {
    public Evaluation {
        violations = List.copyOf(violations);
        undecided = List.copyOf(undecided);
        excluded = Set.copyOf(excluded);
    }

    /// The violations by policy, in the order of the policies.
    public Map<String, List<Violation>> byPolicy() {
        var found = new LinkedHashMap<String, List<Violation>>();
        for (Violation violation : violations) {
            found.computeIfAbsent(violation.policyId(), _ -> new ArrayList<>()).add(violation);
        }
        return found;
    }

    /// How a policy stands to the workload.
    public Standing of(String policyId) {
        if (!asked.contains(policyId)) return Standing.NOT_ASKED;
        if (violations.stream().anyMatch(violation -> violation.policyId().equals(policyId))) return Standing.VIOLATED;
        if (undecided.stream().anyMatch(one -> one.policyId().equals(policyId))) return Standing.UNDECIDED;
        return excluded.contains(policyId) ? Standing.EXCLUDED : Standing.MET;
    }

    /// How a policy stands to a workload.
    public enum Standing {
        VIOLATED,
        MET,
        EXCLUDED,
        UNDECIDED,
        /// Disabled, not about workloads, rejected or gone.
        NOT_ASKED
    }
}
