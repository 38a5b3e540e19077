package bulwark.central.health;

import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Whether the database answers.
final class HealthStore {
    private static final int SECONDS = 5;

    private final DSLContext db;

    HealthStore(DSLContext db) {
        this.db = db;
    }

    /// Why the database is of no use now; empty while it answers.
    Optional<String> fault() {
        try {
            db.selectOne().queryTimeout(SECONDS).fetch();
            return Optional.empty();
        } catch (DataAccessException e) {
            return Optional.of("the database does not answer");
        }
    }

    String version() {
        String version = db.select(DSL.field("current_setting('server_version')", String.class))
                .fetchSingle()
                .value1();
        return "PostgreSQL " + version;
    }
}
