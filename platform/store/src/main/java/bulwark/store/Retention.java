package bulwark.store;

import bulwark.store.database.Database;
import java.time.Instant;
import java.time.ZoneOffset;

/// Deletes rows that are too old, a bounded number at a time, so that no transaction grows long.
public final class Retention {
    private static final int BATCH = 5_000;

    private final Database database;

    public Retention(Database database) {
        this.database = database;
    }

    /// Deletes the rows of `table` for which `condition` holds with `before` in place of its one `?`, at most `most`;
    /// returns how many. Both are words of our own code, never of a user.
    public long delete(String table, String condition, Instant before, long most) {
        long deleted = 0;
        while (deleted < most) {
            long batch = Math.min(BATCH, most - deleted);
            int count = database.transaction(sql -> sql.execute(
                    "delete from " + table + " where ctid = any(array(select ctid from " + table + " where " + condition
                            + " limit " + batch + "))",
                    before.atOffset(ZoneOffset.UTC)));
            deleted += count;
            if (count < batch) break;
        }
        return deleted;
    }
}
