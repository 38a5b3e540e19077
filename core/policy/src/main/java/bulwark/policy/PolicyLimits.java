package bulwark.policy;

/// How much of what policies may hold: passing one is a problem of the policy, or a count beside the violations.
public record PolicyLimits(
        int maxSections,
        int maxGroups,
        int maxValues,
        int maxScopes,
        int maxPatternLength,
        int maxPatternSize,
        int maxViolations) {
    /// What Bulwark itself uses.
    public static final PolicyLimits USUAL = new PolicyLimits(100, 100, 1_000, 1_000, 10_000, 50_000, 500);
}
