package bulwark.policy.criterion;

/// Which kind of event a run-time criterion looks at; a policy looks at one kind only.
public enum EventKind {
    PROCESS,
    FILE,
    NETWORK_FLOW,
    KUBERNETES,
    AUDIT_LOG
}
