package bulwark.sensor.watch;

import java.util.Locale;

/// A kind of object that Sensor watches. The order is that of the first lists: what owns pods comes before them, so
/// that hardly a pod has to wait for its owner.
///
/// What each of these needs from RBAC stands in `deploy/manifests/sensor`; a test holds the two together. Secrets are
/// watched too, but that permission is not among the defaults, since RBAC cannot grant metadata alone.
public enum WatchedResource {
    NAMESPACES("", "v1", "Namespace"),
    REPLICA_SETS("apps", "v1", "ReplicaSet"),
    JOBS("batch", "v1", "Job"),
    DEPLOYMENTS("apps", "v1", "Deployment"),
    STATEFUL_SETS("apps", "v1", "StatefulSet"),
    DAEMON_SETS("apps", "v1", "DaemonSet"),
    REPLICATION_CONTROLLERS("", "v1", "ReplicationController"),
    CRON_JOBS("batch", "v1", "CronJob"),
    PODS("", "v1", "Pod"),
    NODES("", "v1", "Node"),
    SERVICES("", "v1", "Service"),
    INGRESSES("networking.k8s.io", "v1", "Ingress"),
    NETWORK_POLICIES("networking.k8s.io", "v1", "NetworkPolicy"),
    SERVICE_ACCOUNTS("", "v1", "ServiceAccount"),
    ROLES("rbac.authorization.k8s.io", "v1", "Role"),
    CLUSTER_ROLES("rbac.authorization.k8s.io", "v1", "ClusterRole"),
    ROLE_BINDINGS("rbac.authorization.k8s.io", "v1", "RoleBinding"),
    CLUSTER_ROLE_BINDINGS("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding"),
    CONFIG_MAPS("", "v1", "ConfigMap"),
    SECRETS("", "v1", "Secret");

    private final String group;
    private final String version;
    private final String kind;

    WatchedResource(String group, String version, String kind) {
        this.group = group;
        this.version = version;
        this.kind = kind;
    }

    /// The API group, empty for the core one.
    public String group() {
        return group;
    }

    /// The kind of one object.
    public String kind() {
        return kind;
    }

    /// `group/version` as objects write it.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The name in paths and in RBAC rules.
    public String plural() {
        return switch (this) {
            case INGRESSES -> "ingresses";
            case NETWORK_POLICIES -> "networkpolicies";
            default -> kind.toLowerCase(Locale.ROOT) + "s";
        };
    }

    /// What is asked for where a permission is shown: `deployments.apps`.
    public String qualifiedName() {
        return group.isEmpty() ? plural() : plural() + "." + group;
    }

    /// Whether only metadata is asked for: the contents are secrets, or may be, and are none of ours.
    public boolean isMetadataOnly() {
        return this == SECRETS || this == CONFIG_MAPS;
    }

    /// Where the objects of all namespaces are.
    public String path() {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version + "/" + plural();
    }
}
