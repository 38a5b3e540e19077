package bulwark.model.inventory;

/// Names one inventory object within its cluster.
///
/// The type stands beside the Kubernetes kind because a bare Pod is two documents: the pod that runs and the
/// workload it is. The namespace is empty for cluster-scoped objects.
public record ObjectKey(ObjectType type, String kind, String namespace, String name) implements Comparable<ObjectKey> {
    public ObjectKey {
        if (kind.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("an object key needs a kind and a name, got: " + kind + "/" + name);
        }
    }

    @Override
    public int compareTo(ObjectKey other) {
        int order = type.compareTo(other.type);
        if (order == 0) order = namespace.compareTo(other.namespace);
        if (order == 0) order = kind.compareTo(other.kind);
        return order == 0 ? name.compareTo(other.name) : order;
    }

    /// `TYPE/namespace/Kind/name`, as bucket hashes and logs write it.
    @Override
    public String toString() {
        return type + "/" + namespace + "/" + kind + "/" + name;
    }
}
