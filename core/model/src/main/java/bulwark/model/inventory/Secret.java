package bulwark.model.inventory;

/// That a Secret exists; its content is never read.
public record Secret(Metadata metadata) implements InventoryObject {
    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.SECRET, "Secret", metadata.namespace(), metadata.name());
    }
}
