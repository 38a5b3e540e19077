package bulwark.central.flow;

import static bulwark.central.flow.Objects.container;
import static bulwark.central.flow.Objects.deployment;
import static bulwark.central.flow.Objects.pod;
import static bulwark.central.flow.Objects.workload;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.INVENTORY_OBJECT;
import static bulwark.central.tables.Tables.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.central.view.ClusterRow;
import bulwark.model.access.AccessScope;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.Namespace;
import bulwark.model.inventory.Secret;
import bulwark.wire.WireKeys;
import bulwark.wire.v1.Batch;
import bulwark.wire.v1.Change;
import bulwark.wire.v1.SensorInventory;
import bulwark.wire.v1.SyncStart;
import bulwark.wire.v1.Upsert;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final int BATCHES = 40;

    private CentralFixture central;
    private FakeSensor sensor;

    @BeforeEach
    void start() throws IOException {
        central = new CentralFixture();
        sensor = central.joined("prod");
    }

    @AfterEach
    void stop() {
        sensor.close();
        central.close();
    }

    private int stored(UUID clusterId) {
        return central.database.sql().fetchCount(INVENTORY_OBJECT, INVENTORY_OBJECT.CLUSTER_ID.eq(clusterId));
    }

    private Long version(String name) {
        return central.database
                .sql()
                .select(WORKLOAD.VERSION)
                .from(WORKLOAD)
                .where(WORKLOAD.NAME.eq(name))
                .fetchSingle(WORKLOAD.VERSION);
    }

    @Test
    void storesWhatASyncBringsAndOnlyTheDifferencesOfTheNext() throws Exception {
        for (int i = 0; i < 500; i++) sensor.put(workload("shop", "web-" + i, container("web", false)));
        var first = sensor.inventory();

        assertThat(sensor.sync(first)).isEqualTo(500);

        assertThat(stored(sensor.clusterId())).isEqualTo(500);
        first.complete();
        assertThat(first.end()).isEqualTo(Status.OK);

        sensor.put(workload("shop", "web-7", container("web", true)));
        sensor.put(workload("shop", "new", container("web", false)));
        sensor.remove(workload("shop", "web-9"));
        var second = sensor.inventory();

        assertThat(sensor.sync(second)).isEqualTo(2);

        assertThat(stored(sensor.clusterId())).isEqualTo(500);
        second.complete();
        assertThat(second.end()).isEqualTo(Status.OK);
        var third = sensor.inventory();
        assertThat(sensor.compare(third)).isEmpty();
        assertThat(version("web-7")).isEqualTo(2);
        assertThat(version("web-8")).isEqualTo(1);
    }

    @Test
    void keepsWhatASensorMayNoLongerReadUntilItMayAgain() throws Exception {
        var web = workload("shop", "web", container("web", true));
        sensor.put(web);
        sensor.put(new Namespace(Metadata.named("", "shop"), "Active"));
        sensor.sync(sensor.inventory());
        Long before = version("web");

        sensor.remove(web); // a restarted Sensor to which Deployments are refused knows of none
        sensor.unreadKinds.add("Deployment");
        assertThat(sensor.sync(sensor.inventory())).as("buckets are equal").isZero();

        assertThat(stored(sensor.clusterId())).isEqualTo(2);
        assertThat(version("web")).isEqualTo(before);

        sensor.unreadKinds.clear();
        sensor.sync(sensor.inventory());

        assertThat(stored(sensor.clusterId())).as("now it is known to be gone").isEqualTo(1);
    }

    @Test
    void showsTheClusterSyncingUntilItHasSynced() throws Exception {
        var control = sensor.welcomed();
        sensor.put(workload("shop", "web", container("web", false)));
        sensor.put(pod(workload("shop", "web", container("web", false)), "web-1"));
        var inventory = sensor.inventory();
        var wanted = sensor.compare(inventory);
        assertThat(row().status()).isEqualTo(ClusterRow.Status.SYNCING);

        sensor.send(inventory, wanted);
        inventory.next();
        sensor.done(inventory);

        Awaitility.await().until(() -> row().status() == ClusterRow.Status.CONNECTED);
        assertThat(row().workloads()).isEqualTo(1);
        assertThat(row().pods()).isEqualTo(1);
        assertThat(control).isNotNull();
    }

    private ClusterRow row() {
        return central.clusters.get(AccessScope.EVERYTHING, sensor.clusterId()).orElseThrow();
    }

    @Test
    void changesNothingWhenABatchComesAgainAfterALostAck() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        var lost = sensor.inventory();
        sensor.compare(lost);
        sensor.send(lost, List.of(web.key()));
        lost.next(); // committed; say that this never arrived
        sensor.close();

        try (var again = sensor.again(central.server.port())) {
            var stream = again.inventory();
            assertThat(again.compare(stream)).isEmpty();
            again.deliver(stream, web.key());
            again.done(stream);

            assertThat(stored(again.clusterId())).isEqualTo(1);
            assertThat(version("web")).isEqualTo(1);
        }
    }

    @Test
    void acknowledgesOnlyWhatIsCommitted() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        var stream = sensor.inventory();
        sensor.compare(stream);
        try (var blocker = central.database.source().getConnection()) {
            blocker.setAutoCommit(false);
            try (var lock = blocker.createStatement()) {
                lock.execute("lock table workload in exclusive mode");
            }
            sensor.send(stream, List.of(web.key()));
            awaitBlocked();
            assertThat(stream.isQuiet()).isTrue();
            blocker.rollback();
        }

        assertThat(stream.next().getAck().getSequence()).isEqualTo(1);
        assertThat(stored(sensor.clusterId())).isEqualTo(1);
    }

    @Test
    void slowsASensorThatSendsFasterThanItIsStoredAndStillHearsItsControlStream() throws Exception {
        var control = sensor.welcomed();
        central.watch.beat();
        central.time.pass(Duration.ofSeconds(1));
        central.watch.beat(); // the last that hears of the hello; further ones ask nothing of the database
        var stream = sensor.inventory();
        sensor.compare(stream);
        for (int i = 0; i < BATCHES; i++) sensor.put(secret(i));
        try (var blocker = central.database.source().getConnection()) {
            blocker.setAutoCommit(false);
            try (var lock = blocker.createStatement()) {
                lock.execute("lock table inventory_object in exclusive mode");
            }
            for (int i = 0; i < BATCHES; i++)
                sensor.send(stream, List.of(secret(i).key()));
            awaitBlocked();

            for (int i = 0; i < 2; i++) assertThat(control.next().hasPing()).isTrue();
            for (int i = 0; i < 50; i++) {
                central.time.pass(Duration.ofSeconds(1));
                central.watch.beat();
                assertThat(control.next().hasPing()).isTrue();
            }

            assertThat(stream.isReady()).as("takes more").isFalse();
            assertThat(stream.isQuiet()).as("acknowledged nothing").isTrue();
            blocker.rollback();
        }
        for (int i = 1; i <= BATCHES; i++) {
            assertThat(stream.next().getAck().getSequence()).isEqualTo(i);
        }
        assertThat(stored(sensor.clusterId())).isEqualTo(BATCHES);
    }

    private static Secret secret(int i) {
        return new Secret(
                new Metadata("shop", "large-" + i, null, Map.of(), Map.of("note", "x".repeat(500_000)), null));
    }

    private void awaitBlocked() {
        Awaitility.await()
                .until(() -> central.database
                                .sql()
                                .fetchSingle("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                                .get(0, Integer.class)
                        > 0);
    }

    @Test
    void takesWritesOnlyFromTheNewestStream() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        var older = sensor.inventory();
        sensor.compare(older);
        try (var sibling = central.sibling();
                var again = sensor.again(sibling.server.port())) {
            again.sync(again.inventory());

            sensor.put(workload("shop", "web", container("web", true)));
            sensor.send(older, List.of(web.key()));

            assertThat(older.end().getCode()).isEqualTo(Status.Code.ABORTED);
            assertThat(version("web")).isEqualTo(1);
        }
    }

    @Test
    void keepsTwoClustersApart() throws Exception {
        try (var other = central.joined("other")) {
            sensor.put(workload("shop", "web", container("web", false)));
            other.put(workload("shop", "web", container("web", true)));
            other.put(workload("shop", "db", container("db", true)));

            sensor.sync(sensor.inventory());
            other.sync(other.inventory());

            assertThat(stored(sensor.clusterId())).isEqualTo(1);
            assertThat(stored(other.clusterId())).isEqualTo(2);
        }
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        String json = new String(sensor.objects.get(web.key()), StandardCharsets.UTF_8);
        String newer = "{\"hologram\":{\"depth\":3}," + json.substring(1);
        sensor.objects.put(web.key(), newer.getBytes(StandardCharsets.UTF_8));

        sensor.sync(sensor.inventory());

        assertThat(document(web.metadata().name())).contains("\"hologram\": {\"depth\": 3}");
    }

    private String document(String name) {
        return central.database
                .sql()
                .select(INVENTORY_OBJECT.DOCUMENT)
                .from(INVENTORY_OBJECT)
                .where(INVENTORY_OBJECT.NAME.eq(name))
                .fetchSingle(INVENTORY_OBJECT.DOCUMENT)
                .data();
    }

    @Test
    void storesTextThatPostgresCannotHold() throws Exception {
        var secret = new Secret(new Metadata(
                "shop",
                "odd",
                null,
                Map.of(),
                Map.of("note", "a\0b", "half", "\ud800", "whole", "\ud83d\ude00"),
                null));
        sensor.put(secret);
        sensor.objects.put(
                secret.key(),
                "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"odd\",\"annotations\":{\"half\":\"\\ud800x\",\"note\":\"a\\u0000b\",\"text\":\"\\\\u0000\",\"whole\":\"\\ud83d\\ude00\"}}}"
                        .getBytes(StandardCharsets.UTF_8));

        sensor.sync(sensor.inventory());

        assertThat(document("odd")).contains("a\ufffdb", "\ufffdx", "\\\\u0000", "\ud83d\ude00");
    }

    @Test
    void skipsWhatIsMalformedOrNewerAndStoresTheRest() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        var stream = sensor.inventory();
        sensor.compare(stream);
        var unknown = UnknownFieldSet.newBuilder()
                .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        stream.send(SensorInventory.newBuilder().setUnknownFields(unknown).build());
        stream.send(SensorInventory.newBuilder()
                .setBatch(Batch.newBuilder()
                        .setSequence(1)
                        .addChanges(upsert(deployment("shop", "broken"), "{\"kind\":"))
                        .addChanges(upsert(deployment("shop", "list"), "[]"))
                        .addChanges(upsert(deployment("shop", "liar"), text(sensor.objects.get(web.key()))))
                        .addChanges(Change.newBuilder()
                                .setKey(WireKeys.toMessage(web.key()).toBuilder()
                                        .setTypeValue(99))
                                .setUpsert(Upsert.getDefaultInstance()))
                        .addChanges(Change.newBuilder().setKey(WireKeys.toMessage(deployment("shop", "later"))))
                        .addChanges(upsert(web.key(), text(sensor.objects.get(web.key())))))
                .build());

        assertThat(stream.next().getAck().getSequence()).isEqualTo(1);
        assertThat(stored(sensor.clusterId())).isEqualTo(1);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static Change upsert(bulwark.model.inventory.ObjectKey key, String json) {
        return Change.newBuilder()
                .setKey(WireKeys.toMessage(key))
                .setUpsert(Upsert.newBuilder().setHash(5).setJson(ByteString.copyFromUtf8(json)))
                .build();
    }

    @Test
    void refusesASequenceWithAGapAndASyncThatIsNone() throws Exception {
        var gap = sensor.inventory();
        sensor.compare(gap);
        gap.send(SensorInventory.newBuilder()
                .setBatch(Batch.newBuilder().setSequence(2))
                .build());
        Status end = gap.end();
        assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(end.getDescription()).contains("expected sequence 1, got 2");

        var odd = sensor.inventory();
        odd.send(SensorInventory.newBuilder()
                .setSyncStart(SyncStart.newBuilder().setBucketCount(3))
                .build());
        assertThat(odd.end().getDescription()).contains("power of two");
    }

    @Test
    void countsPodsAndRaisesAWorkloadOnlyForPodsOfAnotherShape() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        sensor.put(pod(web, "web-1"));
        var stream = sensor.inventory();
        sensor.sync(stream);
        awaitSynced();
        long before = version("web");
        assertThat(pods("web")).isEqualTo(1);

        sensor.put(pod(web, "web-2"));
        sensor.deliver(stream, pod(web, "web-2").key());
        assertThat(pods("web")).isEqualTo(2);
        assertThat(version("web")).isEqualTo(before);

        sensor.put(pod(web, "web-2", container("proxy", true)));
        sensor.deliver(stream, pod(web, "web-2").key());
        assertThat(pods("web")).isEqualTo(2);
        assertThat(version("web")).isEqualTo(before + 1);

        sensor.remove(pod(web, "web-2"));
        sensor.deliver(stream, pod(web, "web-2").key());
        assertThat(pods("web")).isEqualTo(1);
        assertThat(version("web")).isEqualTo(before + 2);
    }

    private void awaitSynced() {
        Awaitility.await().until(() -> !central.database.sql().fetchExists(CLUSTER, CLUSTER.SYNCING.isTrue()));
    }

    @Test
    void countsThePodsThatABrokenSyncBroughtAtTheEndOfTheNext() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        sensor.put(pod(web, "web-1"));
        sensor.put(pod(web, "web-2"));
        var broken = sensor.inventory();
        sensor.compare(broken);
        sensor.send(broken, List.of(web.key(), pod(web, "web-1").key()));
        broken.next();
        assertThat(pods("web")).isZero();
        sensor.close();

        try (var again = sensor.again(central.server.port())) {
            assertThat(again.sync(again.inventory())).isEqualTo(1);
            awaitSynced();

            assertThat(pods("web")).isEqualTo(2);
        }
    }

    private Integer pods(String name) {
        return central.database
                .sql()
                .select(WORKLOAD.PODS)
                .from(WORKLOAD)
                .where(WORKLOAD.NAME.eq(name))
                .fetchSingle(WORKLOAD.PODS);
    }

    @Test
    void raisesTheWorkloadsOfANamespaceWhenTheirSurroundingsChange() throws Exception {
        sensor.put(workload("shop", "web", container("web", false)));
        sensor.put(workload("bank", "db", container("db", false)));
        var stream = sensor.inventory();
        sensor.sync(stream);

        var namespace = new Namespace(Metadata.named("", "shop"), "Active");
        sensor.put(namespace);
        sensor.deliver(stream, namespace.key());

        assertThat(version("web")).isEqualTo(2);
        assertThat(version("db")).isEqualTo(1);
    }
}
