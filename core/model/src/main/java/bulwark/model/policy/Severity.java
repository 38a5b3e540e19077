package bulwark.model.policy;

/// How bad a violation is, least first.
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
