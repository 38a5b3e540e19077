package bulwark.model.inventory;

/// Which record an inventory document holds; the first part of an [ObjectKey].
public enum ObjectType {
    WORKLOAD,
    POD,
    NAMESPACE,
    NODE,
    SERVICE,
    INGRESS,
    NETWORK_POLICY,
    SERVICE_ACCOUNT,
    ROLE,
    ROLE_BINDING,
    SECRET,
    CONFIG_MAP
}
