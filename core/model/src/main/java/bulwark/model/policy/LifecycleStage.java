package bulwark.model.policy;

/// When a policy is asked: for an image in a pipeline, for a workload, for what happens at run time.
public enum LifecycleStage {
    BUILD,
    DEPLOY,
    RUNTIME
}
