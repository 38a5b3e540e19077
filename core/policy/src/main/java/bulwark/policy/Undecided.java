package bulwark.policy;

/// A policy of which nobody can say whether a workload violates it, since something is not known: coverage that is
/// missing, never "fine".
public record Undecided(String policyId, String section, String reason) {}
