package bulwark.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.store.database.Database;
import bulwark.store.testing.TestDatabases;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Duration HOLD = Duration.ofMinutes(1);

    private final Database database = TestDatabases.create();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));
    private final Clock clock = clock(now::get);
    private final Outbox outbox =
            new Outbox(database, new Outbox.Limits(3, Duration.ofSeconds(4), Duration.ofMinutes(1)), HOLD, clock);

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private UUID append(String payload) {
        return database.transaction(sql -> outbox.append(sql, "webhook", payload));
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void deliversWhatWasCommittedAndNothingElse() throws Exception {
        UUID kept = append("{\"a\": 1}");
        assertThatThrownBy(() -> database.transaction(sql -> {
                    outbox.append(sql, "webhook", "{\"lost\": true}");
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        var delivered = new ArrayList<Outbox.Message>();

        int tried = outbox.deliverDue("webhook", 10, delivered::add);

        assertThat(tried).isEqualTo(1);
        assertThat(delivered).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(kept);
            assertThat(message.payload()).isEqualTo("{\"a\": 1}");
            assertThat(message.attempt()).isEqualTo(1);
        });
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void movesWhatIsDueToTheTopicsItIsForInOrder() throws Exception {
        for (int i = 0; i < 5; i++) {
            String payload = "{\"n\": " + i + "}";
            database.transaction(sql -> outbox.append(sql, "alert", payload));
        }

        int moved = outbox.moveDue(
                "alert", 4, payload -> payload.contains("2") ? List.of() : List.of("notifier/a", "notifier/b"));

        assertThat(moved).isEqualTo(4);
        assertThat(delivered("notifier/a")).containsExactly("{\"n\": 0}", "{\"n\": 1}", "{\"n\": 3}");
        assertThat(delivered("notifier/b")).containsExactly("{\"n\": 0}", "{\"n\": 1}", "{\"n\": 3}");
        assertThat(delivered("alert")).containsExactly("{\"n\": 4}");
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void movesNothingWhereItCannotBeSaidWhither() {
        append("{}");

        assertThatThrownBy(() -> outbox.moveDue("webhook", 10, _ -> {
                    throw new IllegalStateException("no idea");
                }))
                .hasMessage("no idea");

        assertThat(outbox.waiting()).isEqualTo(1);
    }

    private List<String> delivered(String topic) throws InterruptedException {
        var payloads = new ArrayList<String>();
        outbox.deliverDue(topic, 100, message -> payloads.add(message.payload()));
        return payloads;
    }

    @Test
    void triesAgainLaterAndKeepsTheReasonWhenItGivesUp() throws Exception {
        append("{}");
        Outbox.Delivery failing = _ -> {
            throw new IOException("connection refused");
        };

        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(outbox.deliverDue("webhook", 10, failing)).isEqualTo(1);
            assertThat(outbox.deliverDue("webhook", 10, failing))
                    .as("not due yet")
                    .isZero();
            pass(Duration.ofMinutes(2));
        }

        assertThat(outbox.deliverDue("webhook", 10, failing)).isZero();
        assertThat(outbox.dead(10)).extracting(Outbox.Message::attempt).containsExactly(3);
        assertThat(database.sql().fetchValue("select reason from outbox")).isEqualTo("connection refused");
        assertThat(outbox.deleteDead(now.get().minus(Duration.ofHours(1)))).isZero();
        assertThat(outbox.deleteDead(now.get().plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void handsAMessageOnWhenItsTakerDied() throws Exception {
        UUID id = append("{}");
        Outbox.Delivery dies = _ -> {
            throw new InterruptedException("the process ends");
        };
        assertThatThrownBy(() -> outbox.deliverDue("webhook", 1, dies)).isInstanceOf(InterruptedException.class);
        var delivered = new ArrayList<UUID>();
        assertThat(outbox.deliverDue("webhook", 10, message -> delivered.add(message.id())))
                .isZero();

        pass(HOLD.plusSeconds(1));
        outbox.deliverDue("webhook", 10, message -> delivered.add(message.id()));

        assertThat(delivered).containsExactly(id);
    }

    @Test
    void givesEachMessageToOneOfManyTakers() throws Exception {
        for (int i = 0; i < 100; i++) append("{}");
        List<UUID> delivered = Collections.synchronizedList(new ArrayList<>());

        var takers = new ArrayList<Future<Integer>>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                takers.add(
                        tasks.submit(() -> outbox.deliverDue("webhook", 100, message -> delivered.add(message.id()))));
            }
        }

        int tried = 0;
        for (Future<Integer> taker : takers) tried += taker.get();
        assertThat(tried).isEqualTo(100);
        assertThat(new HashSet<>(delivered)).hasSize(100);
        assertThat(delivered).hasSize(100);
    }

    @Test
    void letsOneOwnerHoldALeaseUntilItIsOver() {
        var first = new Leases(database, "first", clock);
        var second = new Leases(database, "second", clock);

        assertThat(first.acquire("sweep", Duration.ofSeconds(30))).isTrue();
        assertThat(second.acquire("sweep", Duration.ofSeconds(30))).isFalse();
        pass(Duration.ofSeconds(20));
        assertThat(first.renew("sweep", Duration.ofSeconds(30))).isTrue();
        pass(Duration.ofSeconds(29));
        assertThat(second.acquire("sweep", Duration.ofSeconds(30))).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(second.acquire("sweep", Duration.ofSeconds(30))).isTrue();
        assertThat(first.renew("sweep", Duration.ofSeconds(30))).isFalse();
        second.release("sweep");
        assertThat(first.acquire("sweep", Duration.ofSeconds(30))).isTrue();
    }
}
