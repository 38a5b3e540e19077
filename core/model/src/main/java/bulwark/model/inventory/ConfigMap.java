package bulwark.model.inventory;

/// That a ConfigMap exists; its content is never read.
public record ConfigMap(Metadata metadata) implements InventoryObject {
    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.CONFIG_MAP, "ConfigMap", metadata.namespace(), metadata.name());
    }
}
