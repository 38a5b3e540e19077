package bulwark.model.policy;

/// What to do beside raising an alert.
public enum EnforcementAction {
    FAIL_BUILD,
    FAIL_DEPLOYMENT_CREATE,
    FAIL_DEPLOYMENT_UPDATE,
    SCALE_TO_ZERO,
    UNSATISFIABLE_NODE_CONSTRAINT,
    KILL_POD,
    FAIL_KUBE_REQUEST
}
