package bulwark.store.database;

import bulwark.base.UserError;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// A statement that the database refused or could not run: its state and a short reason. Never the statement or its
/// data, which drivers like to quote in full.
public final class StoreException extends DataAccessException {
    private static final int LONGEST = 300;
    private static final String NO_CONNECTION = "08001";
    private static final String DISK_FULL = "53100";

    private final String state;

    private StoreException(String message, String state, @Nullable SQLException cause) {
        super(message, cause);
        this.state = state;
    }

    /// From a driver's failure.
    public static StoreException of(SQLException failure) {
        String state = state(failure);
        String reason = reason(failure);
        var cause = new SQLException(reason, state, failure.getErrorCode(), mendable(state, reason));
        cause.setStackTrace(failure.getStackTrace());
        return new StoreException(reason + " (" + state + ")", state, cause);
    }

    // the pool's own failure, after it waited in vain for a connection, has none
    private static String state(SQLException failure) {
        if (failure.getSQLState() != null) return failure.getSQLState();
        return failure instanceof SQLTransientConnectionException ? NO_CONNECTION : "";
    }

    /// What a person can mend: a server that is away, a full disk.
    private static @Nullable UserError mendable(String state, String reason) {
        if (isLost(state)) {
            return new UserError(
                    "database", "it to answer", reason + " (" + state + ")", "see whether PostgreSQL runs");
        }
        if (state.equals(DISK_FULL)) {
            return new UserError("database", "room to write", "its disk is full", "free some space");
        }
        return null;
    }

    static StoreException of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StoreException known) return known;
            if (each instanceof SQLException sql) return of(sql);
        }
        return new StoreException(firstLine(String.valueOf(failure.getMessage())), "", null);
    }

    // a batch's own message holds the whole statement; the server's stands behind it
    private static String reason(SQLException failure) {
        SQLException last = failure.getNextException() == null ? failure : failure.getNextException();
        return firstLine(String.valueOf(last.getMessage()));
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /// The SQLSTATE, five characters, empty where there is none.
    @Override
    public String sqlState() {
        return state;
    }

    /// Whether a unique index refused the row.
    public boolean isDuplicate() {
        return state.equals("23505");
    }

    /// Whether the same transaction may well succeed when it is run again: it met another one.
    public boolean isConflict() {
        return state.equals("40001") || state.equals("40P01");
    }

    /// Whether the connection was lost, or could not be had.
    public boolean isConnectionLost() {
        return isLost(state);
    }

    private static boolean isLost(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03") || state.equals("25P04");
    }

    /// Whether the server had no room to write.
    public boolean isDiskFull() {
        return state.equals(DISK_FULL);
    }
}
