package bulwark.store.database;

import java.time.Duration;
import java.util.List;

/// How a database is used: how many connections, how long a statement may run and a connection be waited for, and the
/// class-path folders of the migrations that are applied after the store's own.
public record DatabaseSettings(
        int connections, Duration statementTimeout, Duration connectionWait, List<String> migrations) {
    public DatabaseSettings {
        migrations = List.copyOf(migrations);
        if (connections < 1) throw new IllegalArgumentException("a database needs a connection");
    }

    /// The usual ones: 16 connections, 30 seconds for a statement, 30 to wait for a connection.
    public static DatabaseSettings with(String... migrations) {
        return new DatabaseSettings(16, Duration.ofSeconds(30), Duration.ofSeconds(30), List.of(migrations));
    }
}
