package bulwark.central;

import bulwark.central.access.Caller;
import bulwark.central.access.Role;
import bulwark.central.access.Secrets;
import bulwark.model.access.AccessScope;
import java.util.Optional;

/// A token for whoever may read this Central's data directory, so that the CLI on the same machine needs no login. It
/// lives as long as the process and is in no database.
final class LocalToken {
    private final String secret = Secrets.nextToken();

    String secret() {
        return secret;
    }

    Optional<Caller> caller(String given) {
        if (!Secrets.same(secret, given)) return Optional.empty();
        return Optional.of(new Caller("local console", Role.ADMIN, AccessScope.EVERYTHING, null, null));
    }
}
