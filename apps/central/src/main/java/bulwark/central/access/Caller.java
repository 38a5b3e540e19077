package bulwark.central.access;

import bulwark.model.access.AccessScope;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who makes a request. `name` is what the audit log says: a user's name, or `token NAME`. The CSRF token is there
/// only for session cookies; programs with a bearer token need none.
public record Caller(
        String name,
        Role role,
        AccessScope scope,
        @Nullable String csrfToken,
        @Nullable Instant expiresAt) {
    public boolean may(Permission permission) {
        return role.may(permission) && (permission.withinScope() || seesEverything());
    }

    public boolean seesEverything() {
        return scope.equals(AccessScope.EVERYTHING);
    }

    public List<String> permissions() {
        return Arrays.stream(Permission.values())
                .filter(this::may)
                .map(Permission::text)
                .toList();
    }
}
