package bulwark.policy.criterion;

/// How many values a criterion takes.
public enum Combination {
    /// One value.
    ONE,
    /// Several, of which one must hold.
    OR,
    /// Several, of which one or all must hold.
    OR_AND
}
