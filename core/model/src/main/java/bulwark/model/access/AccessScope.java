package bulwark.model.access;

import java.util.Set;

/// What a caller may see: clusters by id, and namespaces. An empty set of clusters or namespaces means all of them.
/// Cluster-wide rows (nodes, cluster roles) are seen only by a caller without a restriction of namespaces.
public record AccessScope(Set<String> clusterIds, Set<String> namespaces) {
    /// Sees everything.
    public static final AccessScope EVERYTHING = new AccessScope(Set.of(), Set.of());

    public AccessScope {
        clusterIds = Set.copyOf(clusterIds);
        namespaces = Set.copyOf(namespaces);
    }

    /// Whether a row of this cluster and namespace may be seen; pass an empty namespace for cluster-wide rows.
    public boolean allows(String clusterId, String namespace) {
        return allowsCluster(clusterId) && (namespaces.isEmpty() || namespaces.contains(namespace));
    }

    /// Whether anything of this cluster may be seen.
    public boolean allowsCluster(String clusterId) {
        return clusterIds.isEmpty() || clusterIds.contains(clusterId);
    }
}
