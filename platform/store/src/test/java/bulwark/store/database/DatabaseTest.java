package bulwark.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.store.Retention;
import bulwark.store.UuidV7;
import bulwark.store.testing.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.jooq.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final Database database = TestDatabases.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void runsATransactionAgainAfterADeadlock() throws Exception {
        database.sql().execute("create table pair (id integer primary key, value integer)");
        database.sql().execute("insert into pair values (1, 0), (2, 0)");
        var runs = new AtomicInteger();
        var bothHoldOne = new CyclicBarrier(2);

        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = tasks.submit(() -> addToBoth(1, 2, runs, bothHoldOne));
            var other = tasks.submit(() -> addToBoth(2, 1, runs, bothHoldOne));
            one.get();
            other.get();
        }

        assertThat(database.sql().fetchValues("select value from pair"))
                .map(String::valueOf)
                .containsExactly("2", "2");
        assertThat(runs.get()).isGreaterThan(2);
    }

    private int addToBoth(int first, int second, AtomicInteger runs, CyclicBarrier bothHoldOne) {
        return database.transaction(sql -> {
            int run = runs.incrementAndGet();
            sql.execute("update pair set value = value + 1 where id = ?", first);
            if (run <= 2) meet(bothHoldOne);
            return sql.execute("update pair set value = value + 1 where id = ?", second);
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void runsATransactionAgainWhoseConnectionBrokeBeforeItsCommit() {
        database.sql().execute("create table kept (number integer)");
        var runs = new AtomicInteger();

        database.transaction(sql -> {
            int run = runs.incrementAndGet();
            sql.execute("insert into kept values (?)", run);
            if (run == 1) {
                String own = String.valueOf(sql.fetchValue("select pg_backend_pid()"));
                database.sql().execute("select pg_terminate_backend(" + own + ")");
            }
            return sql.execute("insert into kept values (?)", run * 10);
        });

        assertThat(database.sql().fetchValues("select number from kept order by 1"))
                .map(String::valueOf)
                .containsExactly("2", "20");
    }

    @Test
    void neverQuotesDataInAFailure() {
        database.sql().execute("create table secret (value text primary key)");
        database.sql().execute("insert into secret values ('hunter2')");

        assertThatThrownBy(() -> database.sql().execute("insert into secret values (?)", "hunter2"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isDuplicate()).isTrue())
                .hasMessageNotContaining("hunter2")
                .hasStackTraceContaining("secret_pkey")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("hunter2"));
    }

    @Test
    void endsAStatementThatRunsTooLong() {
        var address = TestDatabases.address();
        var settings = new DatabaseSettings(2, Duration.ofMillis(200), Duration.ofSeconds(5), List.of());
        try (var hasty = Database.open(address, settings, Metrics.unseen())) {
            assertThatThrownBy(() -> hasty.sql().execute("select pg_sleep(30)"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        }
    }

    @Test
    void saysInOneLineThatNoServerListens() {
        var nowhere = DatabaseAddress.parse("postgresql://bulwark:secret@127.0.0.1:1/bulwark");
        var settings = new DatabaseSettings(1, Duration.ofSeconds(1), Duration.ofMillis(500), List.of());

        assertThatThrownBy(() -> Database.open(nowhere, settings, Metrics.unseen()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a PostgreSQL that takes connections")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesTablesOfANewerBulwarkAndLeavesThemAsTheyAre() {
        var address = TestDatabases.address();
        Database.open(address, DatabaseSettings.with(), Metrics.unseen()).close();
        try (var newer = Database.openUnprepared(address, DatabaseSettings.with(), Metrics.unseen())) {
            newer.sql().execute("""
                    insert into flyway_store_history
                        (installed_rank, version, description, type, script, installed_by, execution_time, success)
                    values (900, '900', 'later', 'SQL', 'V900__later.sql', 'bulwark', 1, true)
                    """);
        }

        assertThatThrownBy(() -> Database.open(address, DatabaseSettings.with(), Metrics.unseen()))
                .isInstanceOf(UserError.class)
                .hasMessage("database: expected tables written by this version of Bulwark or an older one, but they"
                        + " were written by a newer one (step 900 of its tables); run that version; nothing was"
                        + " changed");
    }

    @Test
    void aServerThatIsAwayIsSomethingAPersonCanMend() {
        var settings = new DatabaseSettings(2, Duration.ofSeconds(5), Duration.ofMillis(300), List.of());
        try (var pool = Database.open(TestDatabases.address(), settings, Metrics.unseen())) {
            pool.transaction(one -> pool.transaction(two -> {
                assertThatThrownBy(() -> pool.sql().fetchValue("select 1"))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.isConnectionLost()).isTrue())
                        .satisfies(e -> assertThat(UserError.of("round", e))
                                .hasMessageStartingWith("database: expected it to answer, but bulwark - Connection"));
                return true;
            }));
        }
    }

    @Test
    void saysInOneLineThatThePasswordIsWrong() {
        var right = TestDatabases.address();
        var wrong = new DatabaseAddress(right.jdbcUrl(), right.user(), "guessed");

        assertThatThrownBy(() -> Database.open(wrong, DatabaseSettings.with(), Metrics.unseen()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageEndingWith("check that it runs, its address, user and password")
                .hasMessageNotContaining("guessed");
    }

    @Test
    void saysInOneLineThatTheServerIsTooOld() throws Exception {
        try (var server = OldServer.start("16.4")) {
            var address = new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + server.port() + "/main", "me", "secret");

            assertThatThrownBy(() -> Database.open(address, DatabaseSettings.with(), Metrics.unseen()))
                    .isInstanceOf(UserError.class)
                    .hasMessage("database: expected PostgreSQL 17 or newer, but it is PostgreSQL 16; upgrade it or give"
                            + " another with BULWARK_DB_URL");
        }
    }

    @Test
    void readsAnAddressAndRefusesOthersWithoutShowingThem() {
        var address = DatabaseAddress.parse("postgresql://me:p%40ss+1@db.example:6543/main?sslmode=verify-full");

        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/main?sslmode=verify-full");
        assertThat(address.password()).isEqualTo("p@ss+1");
        assertThat(address.toString()).doesNotContain("p@ss");
        assertThatThrownBy(() -> DatabaseAddress.parse("mysql://me:hunter2@db/x"))
                .isInstanceOf(UserError.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void makesIdentifiersThatSortByTime() {
        List<UUID> made = Stream.generate(UuidV7::next).limit(10_000).toList();

        assertThat(made).extracting(UUID::toString).isSorted().doesNotHaveDuplicates();
        assertThat(made).allSatisfy(id -> assertThat(id.version()).isEqualTo(7));
        assertThat(made).allSatisfy(id -> assertThat(id.variant()).isEqualTo(2));
        Instant time = Instant.parse("2026-11-21T09:00:00.123Z");
        assertThat(UuidV7.time(UuidV7.floor(time))).isEqualTo(time);
    }

    @Test
    void deletesWhatIsTooOldUpToItsLimit() {
        database.sql().execute("""
                        insert into lease select 'l' || n, 'me', timestamptz '2026-01-01' + n * interval '1 day'
                        from generate_series(1, 100) n
                        """);
        var retention = new Retention(database);

        assertThat(retention.delete("lease", "expires_at < ?", Instant.parse("2026-02-01T00:00:00Z"), 10))
                .isEqualTo(10);
        assertThat(retention.delete("lease", "expires_at < ?", Instant.parse("2026-02-01T00:00:00Z"), 1000))
                .isEqualTo(20);
    }

    @Test
    void bindsATimeInAPlainStatementAsATime() {
        var time = OffsetDateTime.parse("2026-11-21T10:00:00Z");

        Record bound = database.sql().fetchSingle("select pg_typeof(?)::text, ? + interval '1 hour'", time, time);

        assertThat(bound.get(0, String.class)).isEqualTo("timestamp with time zone");
        assertThat(bound.get(1, OffsetDateTime.class).toInstant()).isEqualTo(Instant.parse("2026-11-21T11:00:00Z"));
    }
}
