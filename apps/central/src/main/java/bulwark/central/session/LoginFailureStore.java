package bulwark.central.session;

import static bulwark.central.tables.Tables.LOGIN_FAILURE;

import bulwark.store.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// Sign-ins that failed, by source; in the database, so that several Centrals throttle together.
final class LoginFailureStore {
    private final DSLContext db;

    LoginFailureStore(DSLContext db) {
        this.db = db;
    }

    /// Notes an attempt as failed before its password is looked at, so that attempts side by side all count.
    UUID note(List<String> sources, Instant at) {
        UUID attempt = UuidV7.next();
        var insert = db.insertInto(LOGIN_FAILURE, LOGIN_FAILURE.SOURCE, LOGIN_FAILURE.AT, LOGIN_FAILURE.ID);
        for (String source : sources) insert = insert.values(source, at, attempt);
        insert.execute();
        return attempt;
    }

    int count(String source, Instant since) {
        return db.fetchCount(LOGIN_FAILURE, LOGIN_FAILURE.SOURCE.eq(source).and(LOGIN_FAILURE.AT.gt(since)));
    }

    /// Takes back an attempt that did not fail.
    void forget(List<String> sources, UUID attempt) {
        db.deleteFrom(LOGIN_FAILURE)
                .where(LOGIN_FAILURE.SOURCE.in(sources), LOGIN_FAILURE.ID.eq(attempt))
                .execute();
    }

    int deleteOld(Instant before) {
        return db.deleteFrom(LOGIN_FAILURE).where(LOGIN_FAILURE.AT.lt(before)).execute();
    }
}
