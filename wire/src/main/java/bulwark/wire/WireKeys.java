package bulwark.wire;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keys of objects as messages carry them.
public final class WireKeys {
    private WireKeys() {}

    /// A key as a message.
    public static bulwark.wire.v1.ObjectKey toMessage(ObjectKey key) {
        return bulwark.wire.v1.ObjectKey.newBuilder()
                .setType(toMessage(key.type()))
                .setKind(key.kind())
                .setNamespace(key.namespace())
                .setName(key.name())
                .build();
    }

    /// The key that a message carries; empty where its type is of a newer version or kind or name are missing.
    public static Optional<ObjectKey> toModel(bulwark.wire.v1.ObjectKey message) {
        ObjectType type = toModel(message.getType());
        if (type == null || message.getKind().isEmpty() || message.getName().isEmpty()) return Optional.empty();
        return Optional.of(new ObjectKey(type, message.getKind(), message.getNamespace(), message.getName()));
    }

    private static bulwark.wire.v1.ObjectType toMessage(ObjectType type) {
        return switch (type) {
            case WORKLOAD -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_WORKLOAD;
            case POD -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_POD;
            case NAMESPACE -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_NAMESPACE;
            case NODE -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_NODE;
            case SERVICE -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_SERVICE;
            case INGRESS -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_INGRESS;
            case NETWORK_POLICY -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_NETWORK_POLICY;
            case SERVICE_ACCOUNT -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_SERVICE_ACCOUNT;
            case ROLE -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_ROLE;
            case ROLE_BINDING -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_ROLE_BINDING;
            case SECRET -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_SECRET;
            case CONFIG_MAP -> bulwark.wire.v1.ObjectType.OBJECT_TYPE_CONFIG_MAP;
        };
    }

    private static @Nullable ObjectType toModel(bulwark.wire.v1.ObjectType type) {
        return switch (type) {
            case OBJECT_TYPE_WORKLOAD -> ObjectType.WORKLOAD;
            case OBJECT_TYPE_POD -> ObjectType.POD;
            case OBJECT_TYPE_NAMESPACE -> ObjectType.NAMESPACE;
            case OBJECT_TYPE_NODE -> ObjectType.NODE;
            case OBJECT_TYPE_SERVICE -> ObjectType.SERVICE;
            case OBJECT_TYPE_INGRESS -> ObjectType.INGRESS;
            case OBJECT_TYPE_NETWORK_POLICY -> ObjectType.NETWORK_POLICY;
            case OBJECT_TYPE_SERVICE_ACCOUNT -> ObjectType.SERVICE_ACCOUNT;
            case OBJECT_TYPE_ROLE -> ObjectType.ROLE;
            case OBJECT_TYPE_ROLE_BINDING -> ObjectType.ROLE_BINDING;
            case OBJECT_TYPE_SECRET -> ObjectType.SECRET;
            case OBJECT_TYPE_CONFIG_MAP -> ObjectType.CONFIG_MAP;
            case OBJECT_TYPE_UNKNOWN, UNRECOGNIZED -> null;
        };
    }
}
