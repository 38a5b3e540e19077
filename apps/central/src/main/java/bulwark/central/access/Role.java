package bulwark.central.access;

import java.util.EnumSet;
import java.util.Set;

/// What a person or program is here to do. This is the one table of who may do what; Sensors have no role here, they
/// are known by their certificates.
public enum Role {
    ADMIN(EnumSet.allOf(Permission.class)),
    ANALYST(EnumSet.of(
            Permission.SESSION_READ,
            Permission.ALERT_READ,
            Permission.ALERT_WRITE,
            Permission.INVENTORY_READ,
            Permission.CLUSTER_READ,
            Permission.POLICY_READ,
            Permission.NOTIFIER_READ,
            Permission.SETTING_READ,
            Permission.METRIC_READ)),
    VIEWER(EnumSet.of(
            Permission.SESSION_READ,
            Permission.ALERT_READ,
            Permission.INVENTORY_READ,
            Permission.CLUSTER_READ,
            Permission.POLICY_READ,
            Permission.SETTING_READ,
            Permission.METRIC_READ));

    @SuppressWarnings("ImmutableEnumChecker") // a copy, made by Set.copyOf
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
