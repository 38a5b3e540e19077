package bulwark.store.testing;

import bulwark.base.FileTree;
import bulwark.base.Metrics;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import bulwark.store.database.DatabaseSettings;
import bulwark.store.postgres.EmbeddedPostgres;
import bulwark.store.postgres.PostgresBinaries;
import bulwark.store.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL for all tests of a JVM, started at first use and removed at its end. Migrations are applied once to a
/// template; each test class then gets a copy of it:
/// `try (Database database = TestDatabases.create("classpath:db/migration"))`.
public final class TestDatabases {
    private static final Map<List<String>, String> TEMPLATES = new HashMap<>(); // guarded by the class
    private static @Nullable EmbeddedPostgres server; // guarded by the class
    private static int count; // guarded by the class

    private TestDatabases() {}

    /// A fresh database with these migrations after the store's own.
    public static Database create(String... migrations) {
        return Database.open(address(migrations), settings(migrations), Metrics.unseen());
    }

    /// The address of a fresh database with these migrations, for tests that open it themselves.
    public static synchronized DatabaseAddress address(String... migrations) {
        String template = TEMPLATES.computeIfAbsent(List.of(migrations), _ -> newTemplate(migrations));
        String name = "t" + ++count;
        administer("create database " + name + " template " + template);
        return addressOf(name);
    }

    /// An empty database: no tables at all.
    public static synchronized DatabaseAddress empty() {
        String name = "t" + ++count;
        administer("create database " + name);
        return addressOf(name);
    }

    private static DatabaseSettings settings(String... migrations) {
        return new DatabaseSettings(8, Duration.ofSeconds(30), Duration.ofSeconds(10), List.of(migrations));
    }

    private static String newTemplate(String... migrations) {
        String name = "template_" + ++count;
        administer("create database " + name);
        Database.open(addressOf(name), settings(migrations), Metrics.unseen()).close();
        return name;
    }

    private static void administer(String statement) {
        try (var connection = DriverManager.getConnection(server().url(), server().user(), server().password());
                var command = connection.createStatement()) {
            command.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static DatabaseAddress addressOf(String name) {
        EmbeddedPostgres running = server();
        String url = running.url();
        return new DatabaseAddress(
                url.substring(0, url.lastIndexOf('/') + 1) + name, running.user(), running.password());
    }

    private static synchronized EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
        if (running != null) return running;
        try {
            Path folder = Files.createTempDirectory("bulwark-test-");
            PostgresBinaries binaries = PostgresBinaries.onClassPath(PostgresBinaries.userCache());
            EmbeddedPostgres started =
                    EmbeddedPostgres.start(folder, binaries, PostgresSettings.FOR_TESTS, Metrics.unseen());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(started, folder), "stop test PostgreSQL"));
            server = started;
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void remove(EmbeddedPostgres started, Path folder) {
        try {
            started.close();
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
