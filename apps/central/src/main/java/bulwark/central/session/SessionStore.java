package bulwark.central.session;

import static bulwark.central.tables.Tables.SESSION;
import static bulwark.central.tables.Tables.USER_ACCOUNT;

import bulwark.central.access.Caller;
import bulwark.central.access.Role;
import bulwark.central.access.Secrets;
import bulwark.model.access.AccessScope;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/// Sessions of people who signed in; of the cookie only the hash is kept.
final class SessionStore {
    private final DSLContext db;

    SessionStore(DSLContext db) {
        this.db = db;
    }

    /// A new session.
    record Opened(String secret, String csrfToken, String userName, Instant now, Instant expiresAt) {}

    void add(DSLContext tx, Opened opened) {
        tx.insertInto(SESSION)
                .set(SESSION.SECRET_HASH, Secrets.hash(opened.secret()))
                .set(SESSION.USER_NAME, opened.userName())
                .set(SESSION.CSRF_TOKEN, opened.csrfToken())
                .set(SESSION.CREATED_AT, opened.now())
                .set(SESSION.EXPIRES_AT, opened.expiresAt())
                .execute();
    }

    Optional<Caller> find(String secret, Instant now) {
        return db.select(SESSION.USER_NAME, SESSION.CSRF_TOKEN, SESSION.EXPIRES_AT, USER_ACCOUNT.ROLE)
                .from(SESSION)
                .join(USER_ACCOUNT)
                .on(USER_ACCOUNT.NAME.eq(SESSION.USER_NAME))
                .where(SESSION.SECRET_HASH.eq(Secrets.hash(secret)))
                .and(SESSION.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new Caller(
                        row.get(SESSION.USER_NAME),
                        Role.valueOf(row.get(USER_ACCOUNT.ROLE)),
                        AccessScope.EVERYTHING,
                        row.get(SESSION.CSRF_TOKEN),
                        row.get(SESSION.EXPIRES_AT)));
    }

    void delete(DSLContext tx, String secret) {
        tx.deleteFrom(SESSION)
                .where(SESSION.SECRET_HASH.eq(Secrets.hash(secret)))
                .execute();
    }

    int deleteExpired(Instant now) {
        return db.deleteFrom(SESSION).where(SESSION.EXPIRES_AT.le(now)).execute();
    }
}
