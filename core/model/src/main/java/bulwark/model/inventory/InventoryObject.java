package bulwark.model.inventory;

/// One object of a cluster as Bulwark keeps it: sent, stored and shown as one JSON document.
public sealed interface InventoryObject
        permits ConfigMap,
                Ingress,
                Namespace,
                NetworkPolicy,
                Node,
                Pod,
                Role,
                RoleBinding,
                Secret,
                Service,
                ServiceAccount,
                Workload {
    /// What this object is called in its cluster.
    ObjectKey key();

    /// The object's own metadata.
    Metadata metadata();
}
