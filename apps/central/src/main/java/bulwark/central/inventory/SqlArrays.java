package bulwark.central.inventory;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Columns of many rows as array parameters, for `unnest`.
final class SqlArrays {
    private SqlArrays() {}

    static <T> void setTexts(PreparedStatement statement, int index, List<T> rows, Function<T, @Nullable String> column)
            throws SQLException {
        set(statement, index, "text", rows.stream().map(column).toArray(String[]::new));
    }

    static <T> void setBytes(
            PreparedStatement statement, int index, List<T> rows, Function<T, byte @Nullable []> column)
            throws SQLException {
        set(statement, index, "bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    static void set(PreparedStatement statement, int index, String type, @Nullable Object[] values)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
