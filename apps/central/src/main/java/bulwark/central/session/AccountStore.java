package bulwark.central.session;

import static bulwark.central.tables.Tables.SESSION;
import static bulwark.central.tables.Tables.USER_ACCOUNT;

import bulwark.central.access.Role;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/// People who sign in with a password.
public final class AccountStore {
    private final DSLContext db;

    public AccountStore(DSLContext db) {
        this.db = db;
    }

    record Account(String name, String passwordHash, Role role) {}

    Optional<Account> find(String name) {
        return db.selectFrom(USER_ACCOUNT)
                .where(USER_ACCOUNT.NAME.eq(name))
                .fetchOptional(row -> new Account(row.getName(), row.getPasswordHash(), Role.valueOf(row.getRole())));
    }

    /// Adds an account; false where there is one of that name already.
    boolean add(DSLContext tx, Account account, Instant now) {
        return tx.insertInto(USER_ACCOUNT)
                        .set(USER_ACCOUNT.NAME, account.name())
                        .set(USER_ACCOUNT.PASSWORD_HASH, account.passwordHash())
                        .set(USER_ACCOUNT.ROLE, account.role().name())
                        .set(USER_ACCOUNT.CHANGED_AT, now)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /// Sets an account's password and ends its sessions.
    void setPassword(DSLContext tx, Account account, Instant now) {
        tx.insertInto(USER_ACCOUNT)
                .set(USER_ACCOUNT.NAME, account.name())
                .set(USER_ACCOUNT.PASSWORD_HASH, account.passwordHash())
                .set(USER_ACCOUNT.ROLE, account.role().name())
                .set(USER_ACCOUNT.CHANGED_AT, now)
                .onConflict(USER_ACCOUNT.NAME)
                .doUpdate()
                .set(USER_ACCOUNT.PASSWORD_HASH, account.passwordHash())
                .set(USER_ACCOUNT.CHANGED_AT, now)
                .execute();
        tx.deleteFrom(SESSION).where(SESSION.USER_NAME.eq(account.name())).execute();
    }
}
