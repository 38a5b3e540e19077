package bulwark.central.access;

import static bulwark.central.tables.Tables.SESSION;
import static bulwark.central.tables.Tables.USER_ACCOUNT;

import bulwark.model.access.AccessScope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jooq.DSLContext;

/// Sessions of people who signed in; of the cookie only the hash is kept.
final class SessionStore {
    private final DSLContext db;

    SessionStore(DSLContext db) {
        this.db = db;
    }

    void add(DSLContext tx, String secret, String csrfToken, String userName, Instant now, Instant expiresAt) {
        tx.insertInto(SESSION)
                .set(SESSION.SECRET_HASH, Secrets.hash(secret))
                .set(SESSION.USER_NAME, userName)
                .set(SESSION.CSRF_TOKEN, csrfToken)
                .set(SESSION.CREATED_AT, now.atOffset(ZoneOffset.UTC))
                .set(SESSION.EXPIRES_AT, expiresAt.atOffset(ZoneOffset.UTC))
                .execute();
    }

    Optional<Caller> find(String secret, Instant now) {
        return db.select(SESSION.USER_NAME, SESSION.CSRF_TOKEN, SESSION.EXPIRES_AT, USER_ACCOUNT.ROLE)
                .from(SESSION)
                .join(USER_ACCOUNT)
                .on(USER_ACCOUNT.NAME.eq(SESSION.USER_NAME))
                .where(SESSION.SECRET_HASH.eq(Secrets.hash(secret)))
                .and(SESSION.EXPIRES_AT.gt(now.atOffset(ZoneOffset.UTC)))
                .fetchOptional(row -> new Caller(
                        row.get(SESSION.USER_NAME),
                        Role.valueOf(row.get(USER_ACCOUNT.ROLE)),
                        AccessScope.EVERYTHING,
                        row.get(SESSION.CSRF_TOKEN),
                        row.get(SESSION.EXPIRES_AT).toInstant()));
    }

    void delete(DSLContext tx, String secret) {
        tx.deleteFrom(SESSION)
                .where(SESSION.SECRET_HASH.eq(Secrets.hash(secret)))
                .execute();
    }

    int deleteExpired(Instant now) {
        return db.deleteFrom(SESSION)
                .where(SESSION.EXPIRES_AT.le(now.atOffset(ZoneOffset.UTC)))
                .execute();
    }
}
