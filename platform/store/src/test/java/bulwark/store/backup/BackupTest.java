package bulwark.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.base.FileTree;
import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.store.BinaryCopy;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import bulwark.store.database.DatabaseSettings;
import bulwark.store.postgres.EmbeddedPostgres;
import bulwark.store.postgres.PostgresBinaries;
import bulwark.store.postgres.PostgresSettings;
import bulwark.store.testing.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final String SAMPLE = "classpath:db/sample";
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final int ROWS = 500;

    @TempDir
    Path folder = Path.of("unset");

    private static void fill(Database database) throws SQLException {
        UUID place = UuidV7.next();
        database.sql().execute("insert into place values (?, ?)", place, "a\tb\\c\nd 'quoted' é \u2603");
        try (var connection = database.source().getConnection();
                var copy = new BinaryCopy(
                        connection, "animal (id, place_id, document, picture, seen_at, legs, weight, tame, count)")) {
            for (int i = 0; i < ROWS; i++) {
                copy.row(9)
                        .uuid(UuidV7.next())
                        .uuid(place)
                        .json(i % 7 == 0 ? null : "{\"name\": \"n\\n" + i + "\", \"list\": [1, null, \"\\\\N\"]}")
                        .bytes(i % 5 == 0 ? null : new byte[] {0, 10, 92, (byte) i})
                        .time(i % 3 == 0 ? null : NOW.plusNanos(i * 1_000L))
                        .smallNumber(i % 9 - 4)
                        .bigNumber(Long.MAX_VALUE - i)
                        .truth(i % 2 == 0)
                        .number(-i);
            }
            assertThat(copy.finish()).isEqualTo(ROWS);
        }
        database.sql().execute("update animal set tags = array['a,b', '{}', 'NULL', null]");
    }

    private static List<String> rows(Database database, String table) {
        return database.sql()
                .fetch("select t::text from " + table + " t order by 1")
                .map(row -> row.get(0, String.class));
    }

    private static void assertSame(Database restored, Database original) {
        for (String table : List.of("place", "animal", "outbox", "lease")) {
            assertThat(rows(restored, table)).as(table).isEqualTo(rows(original, table));
        }
        assertThat(rows(restored, "animal")).hasSize(ROWS);
    }

    @Test
    void givesBackEveryRow() throws Exception {
        Path file = folder.resolve("all.backup");
        DatabaseAddress empty = TestDatabases.empty();
        try (var original = TestDatabases.create(SAMPLE)) {
            fill(original);

            Backup.write(original.source(), file, NOW, Progress.unseen());
            Restore.read(file, empty, DatabaseSettings.with(SAMPLE), Progress.unseen());

            try (var restored = Database.open(empty, DatabaseSettings.with(SAMPLE), Metrics.unseen())) {
                assertSame(restored, original);
            }
        }
    }

    @Test
    void givesBackEveryRowOfAnOlderMajorVersion() throws Exception {
        Path file = folder.resolve("older.backup");
        Path server = Files.createTempDirectory("bulwark-older-");
        var binaries = PostgresBinaries.inJar(
                Path.of(System.getProperty("bulwark.postgres.older", "")), PostgresBinaries.userCache());
        assertThat(binaries.major()).isEqualTo(17);
        DatabaseAddress empty = TestDatabases.empty();

        try (var older = EmbeddedPostgres.start(server, binaries, PostgresSettings.FOR_TESTS, Metrics.unseen());
                var original = Database.open(
                        new DatabaseAddress(older.url(), older.user(), older.password()),
                        DatabaseSettings.with(SAMPLE),
                        Metrics.unseen())) {
            fill(original);
            Backup.write(original.source(), file, NOW, Progress.unseen());
            Restore.read(file, empty, DatabaseSettings.with(SAMPLE), Progress.unseen());

            try (var restored = Database.open(empty, DatabaseSettings.with(SAMPLE), Metrics.unseen())) {
                assertSame(restored, original);
            }
        } finally {
            FileTree.delete(server);
        }
    }

    @Test
    void carriesWhatIsAttachedAndKnowsWhenThatIsDamaged() throws Exception {
        Path file = folder.resolve("attached.backup");
        try (var original = TestDatabases.create(SAMPLE)) {
            Backup.write(
                    original.source(),
                    file,
                    NOW,
                    Progress.unseen(),
                    new Attachment("one", "first\nline"),
                    new Attachment("other", "x".repeat(5000)));
        }

        assertThat(Restore.attachments(file)).isEqualTo(Map.of("one", "first\nline", "other", "x".repeat(5000)));

        byte[] content = Files.readAllBytes(file);
        content[45] ^= 0x55;
        Files.write(file, content);
        assertThatThrownBy(() -> Restore.attachments(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a whole backup");
    }

    @Test
    void refusesADamagedFileAndChangesNothing() throws Exception {
        Path file = folder.resolve("damaged.backup");
        DatabaseAddress empty = TestDatabases.empty();
        try (var original = TestDatabases.create(SAMPLE)) {
            fill(original);
            Backup.write(original.source(), file, NOW, Progress.unseen());
        }
        byte[] content = Files.readAllBytes(file);
        content[content.length / 3] ^= 0x55;
        Files.write(file, content);

        assertThatThrownBy(() -> Restore.read(file, empty, DatabaseSettings.with(SAMPLE), Progress.unseen()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a whole backup");

        try (var untouched = Database.openUnprepared(empty, DatabaseSettings.with(), Metrics.unseen())) {
            assertThat(untouched
                            .sql()
                            .fetchCount(untouched.sql().selectFrom("pg_tables").where("schemaname = 'public'")))
                    .isZero();
        }
    }

    @Test
    void refusesADatabaseThatHasTables() throws IOException {
        Path file = folder.resolve("one.backup");
        try (var original = TestDatabases.create(SAMPLE)) {
            Backup.write(original.source(), file, NOW, Progress.unseen());
        }

        assertThatThrownBy(() -> Restore.read(
                        file, TestDatabases.address(SAMPLE), DatabaseSettings.with(SAMPLE), Progress.unseen()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected an empty database");
    }
}
