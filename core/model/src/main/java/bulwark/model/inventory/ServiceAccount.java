package bulwark.model.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identity that pods run as. `automountToken` is absent where the object is silent.
public record ServiceAccount(
        Metadata metadata, @Nullable Boolean automountToken, List<String> secrets, List<String> imagePullSecrets)
        implements InventoryObject {
    public ServiceAccount {
        secrets = List.copyOf(secrets);
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.SERVICE_ACCOUNT, "ServiceAccount", metadata.namespace(), metadata.name());
    }
}
