package bulwark.central.cluster;

import bulwark.central.view.ClusterRow;
import bulwark.model.inventory.ObjectType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Which kinds of objects around workloads stay unknown for want of a permission. What policies say of those is
/// undecided, not fine.
final class UnreadKinds {
    private static final Map<String, ObjectType> BY_RESOURCE = Map.of(
            "namespaces", ObjectType.NAMESPACE,
            "services", ObjectType.SERVICE,
            "serviceaccounts", ObjectType.SERVICE_ACCOUNT,
            "networking.k8s.io/ingresses", ObjectType.INGRESS,
            "networking.k8s.io/networkpolicies", ObjectType.NETWORK_POLICY);

    private UnreadKinds() {}

    static Set<ObjectType> of(Collection<ClusterRow.MissingPermission> missing) {
        var kinds = EnumSet.noneOf(ObjectType.class);
        for (ClusterRow.MissingPermission each : missing) {
            ObjectType kind = BY_RESOURCE.get(each.resource());
            if (kind != null) kinds.add(kind);
        }
        return kinds;
    }
}
