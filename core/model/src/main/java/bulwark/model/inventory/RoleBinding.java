package bulwark.model.inventory;

import java.util.List;

/// A RoleBinding or ClusterRoleBinding: who has which role.
public record RoleBinding(String kind, Metadata metadata, String roleKind, String roleName, List<Subject> subjects)
        implements InventoryObject {
    public RoleBinding {
        subjects = List.copyOf(subjects);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.ROLE_BINDING, kind, metadata.namespace(), metadata.name());
    }

    /// A user, group or service account; the namespace is empty but for service accounts.
    public record Subject(String kind, String namespace, String name) {}
}
