package bulwark.model.inventory;

/// A namespace with its labels, which scopes of policies ask for.
public record Namespace(Metadata metadata, String phase) implements InventoryObject {
    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.NAMESPACE, "Namespace", "", metadata.name());
    }
}
