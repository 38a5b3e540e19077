package bulwark.central.alert;

import static bulwark.central.tables.Tables.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.central.view.StoredDocuments;
import bulwark.model.access.AccessScope;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.store.testing.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jooq.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertCountTest {
    private static final UUID CLUSTER = UuidV7.next();
    private static final UUID SHOP = UuidV7.next();

    private final Database database = TestDatabases.create("classpath:db/migration");
    private final AlertChangeStore changes = new AlertChangeStore(new StoredDocuments());

    @BeforeEach
    void fill() {
        database.sql().execute("insert into cluster (id, name, created_at) values (?, 'main', now())", CLUSTER);
        database.sql().execute("""
                insert into workload (cluster_id, id, namespace, kind, name, images, labels, platform, changed_at,
                  high_alerts) values (?, ?, 'store', 'Deployment', 'shop', '{}', '{}', false, now(), 2)
                """, CLUSTER, SHOP);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private UUID alert() {
        UUID id = UuidV7.next();
        database.sql().execute("""
                insert into alert (cluster_id, id, policy_id, policy_name, severity, categories, workload_id, namespace,
                  kind, workload_name, platform, state, violations, violation_count, first_seen_at, changed_at)
                values (?, ?, ?, 'Policy', 2, '{}', ?, 'store', 'Deployment', 'shop', false, 'OPEN', '[]', 0, now(), now())
                """, CLUSTER, id, UUID.randomUUID(), SHOP);
        return id;
    }

    private boolean resolve(UUID alert, CountDownLatch resolved, CountDownLatch mayCommit) {
        return database.transaction(tx -> {
            var locked = changes.lock(tx, AccessScope.EVERYTHING, alert).orElseThrow();
            changes.resolve(tx, locked, Instant.now(), "accepted");
            resolved.countDown();
            awaitCommit(mayCommit);
            return true;
        });
    }

    private static void awaitCommit(CountDownLatch mayCommit) {
        try {
            mayCommit.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean somebodyWaits() {
        Record waiting = database.sql().fetchSingle("select count(*) from pg_locks where not granted");
        return waiting.get(0, int.class) > 0;
    }

    @Test
    void countsWhatTwoPeopleResolveOfOneWorkloadAtTheSameTime() throws Exception {
        UUID one = alert();
        UUID other = alert();
        var resolved = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = people.submit(() -> resolve(one, resolved, mayCommit));
            resolved.await();
            var second = people.submit(() -> resolve(other, new CountDownLatch(1), new CountDownLatch(0)));
            try {
                await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);
            } finally {
                mayCommit.countDown();
            }

            assertThat(first.get()).isTrue();
            assertThat(second.get()).isTrue();
        }
        assertThat(database.sql().select(WORKLOAD.HIGH_ALERTS).from(WORKLOAD).fetchSingle(WORKLOAD.HIGH_ALERTS))
                .isZero();
    }
}
