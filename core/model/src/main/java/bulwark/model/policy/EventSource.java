package bulwark.model.policy;

/// Where the events of a run-time policy come from; `NOT_APPLICABLE` for the other stages.
public enum EventSource {
    NOT_APPLICABLE,
    DEPLOYMENT_EVENT,
    AUDIT_LOG_EVENT,
    NODE_EVENT
}
