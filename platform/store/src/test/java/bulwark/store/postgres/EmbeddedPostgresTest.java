package bulwark.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bulwark.base.FileTree;
import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import bulwark.store.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
    private static final PostgresSettings DURABLE_SMALL = new PostgresSettings(32, 20, true);

    private Path folder = Path.of("unset");
    private PostgresBinaries binaries = new PostgresBinaries(folder, 0);

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("bulwark-embedded-");
        binaries = PostgresBinaries.onClassPath(PostgresBinaries.userCache());
    }

    @AfterEach
    void removeFolder() throws IOException {
        endWhatIsLeft();
        FileTree.delete(folder);
    }

    private void endWhatIsLeft() throws IOException {
        Path pidFile = folder.resolve("postgres/data/postmaster.pid");
        if (!Files.exists(pidFile)) return;
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle.of(pid).ifPresent(left -> {
            left.destroyForcibly();
            await().until(() -> !left.isAlive());
        });
    }

    private EmbeddedPostgres start() throws IOException, InterruptedException {
        return EmbeddedPostgres.start(folder.resolve("postgres"), binaries, DURABLE_SMALL, Metrics.unseen());
    }

    private static String ask(EmbeddedPostgres server, String question) throws SQLException {
        try (var connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void tell(EmbeddedPostgres server, String command) throws SQLException {
        try (var connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Test
    void isDurableCheckedPrivateAndLocal() throws Exception {
        try (var server = start()) {
            assertThat(ask(server, "show fsync")).isEqualTo("on");
            assertThat(ask(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(server, "show data_checksums")).isEqualTo("on");
            assertThat(ask(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(
                            server,
                            "select datlocprovider::text || datlocale from pg_database where datname = 'bulwark'"))
                    .isEqualTo("bC.UTF-8");
            assertThat(Files.getPosixFilePermissions(folder.resolve("postgres/password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThatThrownBy(() -> DriverManager.getConnection(server.url(), server.user(), "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void keepsWhatWasCommittedOverAStop() throws Exception {
        try (var server = start()) {
            tell(server, "create table kept as select 42 as answer");
        }

        try (var again = start()) {
            assertThat(again.isAdopted()).isFalse();
            assertThat(ask(again, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void refusesADataDirectoryInUseInOneLine() throws Exception {
        try (var _ = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(UserError.class)
                    .hasMessageMatching(
                            "data directory .*: expected nobody else to use it, but process \\d+ does; stop that one, or"
                                    + " name another directory");
        }
    }

    @Test
    void refusesTheDataOfAnotherMajorVersion() throws Exception {
        start().close();
        Files.writeString(folder.resolve("postgres/data/PG_VERSION"), "16\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a database of PostgreSQL 18, but it is of PostgreSQL 16");
    }

    @Test
    void adoptsAServerThatItsCentralLeftBehind() throws Exception {
        Orphan orphan = orphan();

        try (var adopting = start()) {
            assertThat(adopting.isAdopted()).isTrue();
            assertThat(adopting.pid()).isEqualTo(orphan.pid());
            assertThat(ask(adopting, "select 1")).isEqualTo("1");
        }

        assertThat(ProcessHandle.of(orphan.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void stopsAnOrphanThatItsPasswordDoesNotOpen() throws Exception {
        Orphan orphan = orphan();
        try (var connection = DriverManager.getConnection(orphan.url(), "bulwark", orphan.password());
                var statement = connection.createStatement()) {
            statement.execute("alter role bulwark password 'changed'");
        }

        assertThatThrownBy(this::start)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining("restore that file");

        assertThat(ProcessHandle.of(orphan.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private record Orphan(long pid, String url, String password) {}

    /// Starts a server in a JVM of its own and kills that JVM with -9.
    private Orphan orphan() throws IOException, InterruptedException {
        Process central = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName(),
                        folder.resolve("postgres").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Orphan orphan;
        try (var said = central.inputReader()) {
            List<String> words = List.of(String.valueOf(said.readLine()).split(" ", -1));
            assertThat(words).hasSize(3);
            orphan = new Orphan(Long.parseLong(words.get(0)), words.get(1), words.get(2));
        } finally {
            central.destroyForcibly();
            assertThat(central.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ProcessHandle.of(orphan.pid()).filter(ProcessHandle::isAlive))
                .isPresent();
        return orphan;
    }

    static final class StartsAndWaits {
        private StartsAndWaits() {}

        public static void main(String[] arguments) throws Exception {
            var server = EmbeddedPostgres.start(
                    Path.of(arguments[0]),
                    PostgresBinaries.onClassPath(PostgresBinaries.userCache()),
                    DURABLE_SMALL,
                    Metrics.unseen());
            System.out.println(server.pid() + " " + server.url() + " " + server.password());
            Thread.currentThread().join();
        }
    }

    @Test
    void isStartedAgainOnItsPortWhenKilledAndThePoolReconnects() throws Exception {
        try (var server = start();
                var database = Database.open(
                        new DatabaseAddress(server.url(), server.user(), server.password()),
                        DatabaseSettings.with(),
                        Metrics.unseen())) {
            database.sql().execute("create table kept (number integer)");
            database.sql().execute("insert into kept values (1)");
            long before = server.pid();

            ProcessHandle.of(before).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(30)).until(() -> server.pid() != before);
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                database.transaction(sql -> sql.execute("insert into kept values (2)"));
                return true;
            });
            assertThat(database.sql().fetchValues("select number from kept order by number").stream()
                            .map(String::valueOf))
                    .contains("1", "2");
        }
    }

    @Test
    void tellsAFullDiskInOneLine() throws Exception {
        Path script = folder.resolve("full.sh");
        Files.writeString(script, """
                mount -t tmpfs -o size=24m,mode=0700 tmpfs "$1/small" || exit 77
                exec "$2" -cp "$3" "$4" "$1/small/postgres"
                """);
        Files.createDirectory(folder.resolve("small"));

        var outcome = Command.run(
                "unshare",
                "--mount",
                "sh",
                script.toString(),
                folder.toString(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                System.getProperty("java.class.path"),
                TellsFailure.class.getName());

        assumeTrue(outcome.status() != 77 && !outcome.output().contains("unshare"), "no mount namespace can be had");
        assertThat(outcome.output().lines().toList().getLast())
                .startsWith("bulwark: ")
                .contains("the disk is full; free some space and start again");
    }

    static final class TellsFailure {
        private TellsFailure() {}

        public static void main(String[] arguments) {
            try {
                StartsAndWaits.main(arguments);
            } catch (Exception e) {
                System.exit(UserError.print("bulwark", e, System.out));
            }
        }
    }
}
