package bulwark.central.access;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a route may ask of its caller, as the API's contract writes it (`alert.read`).
///
/// Only those that concern rows of clusters and namespaces are open to a caller with a restricted scope: the others
/// (tokens, notifiers, settings, the audit log, backups) reach beyond any scope.
public enum Permission {
    SESSION_READ(true),
    ALERT_READ(true),
    ALERT_WRITE(true),
    INVENTORY_READ(true),
    CLUSTER_READ(true),
    CLUSTER_WRITE(false),
    POLICY_READ(true),
    POLICY_WRITE(false),
    NOTIFIER_READ(false),
    NOTIFIER_WRITE(false),
    TOKEN_READ(false),
    TOKEN_WRITE(false),
    AUDIT_READ(false),
    SETTING_READ(false),
    SETTING_WRITE(false),
    BACKUP_WRITE(false),
    METRIC_READ(false);

    private static final Map<String, Permission> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Permission::text, Function.identity()));

    private final boolean withinScope;

    Permission(boolean withinScope) {
        this.withinScope = withinScope;
    }

    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
    }

    /// Whether a caller who sees only some clusters or namespaces may have it.
    public boolean withinScope() {
        return withinScope;
    }

    public static Permission of(String text) {
        Permission permission = BY_TEXT.get(text);
        if (permission == null) throw new IllegalArgumentException("there is no permission " + text);
        return permission;
    }
}
