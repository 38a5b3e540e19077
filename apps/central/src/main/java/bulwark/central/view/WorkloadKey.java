package bulwark.central.view;

/// Names a workload among all clusters.
public record WorkloadKey(
        String id, String clusterId, String clusterName, String namespace, String kind, String name) {}
