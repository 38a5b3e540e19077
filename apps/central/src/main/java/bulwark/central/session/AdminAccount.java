package bulwark.central.session;

import bulwark.base.secret.Passwords;
import bulwark.central.access.Deed;
import bulwark.central.access.Role;
import bulwark.central.audit.AuditStore;
import bulwark.store.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The account that is there from the first start.
public final class AdminAccount {
    public static final String NAME = "admin";

    private final Database database;
    private final AccountStore accounts;
    private final AuditStore audit;
    private final InstantSource clock;

    public AdminAccount(Database database, InstantSource clock) {
        this.database = database;
        this.accounts = new AccountStore(database.sql());
        this.audit = new AuditStore(database.sql());
        this.clock = clock;
    }

    /// Makes the account where there is none; its password, to be shown once, or empty where it was there.
    public Optional<String> makeAtFirstStart() {
        if (accounts.find(NAME).isPresent()) return Optional.empty();
        String password = Passwords.generate();
        var account = new AccountStore.Account(NAME, Passwords.hash(password), Role.ADMIN);
        boolean added = database.transaction(tx -> {
            Instant now = clock.instant();
            if (!accounts.add(tx, account, now)) return false;
            audit.add(tx, now, new Deed("system", "addUser", "user " + NAME, null, null));
            return true;
        });
        return added ? Optional.of(password) : Optional.empty();
    }

    /// Gives the account a new password, ends its sessions, and answers the password.
    public String resetPassword() {
        String password = Passwords.generate();
        var account = new AccountStore.Account(NAME, Passwords.hash(password), Role.ADMIN);
        database.transaction(tx -> {
            Instant now = clock.instant();
            accounts.setPassword(tx, account, now);
            audit.add(tx, now, new Deed("local console", "resetPassword", "user " + NAME, null, null));
            return true;
        });
        return password;
    }
}
