package bulwark.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.fake.Objects;
import bulwark.sensor.watch.WatchedResource;
import bulwark.wire.recorded.Newer;
import bulwark.wire.recorded.RecordedSession;
import bulwark.wire.recorded.RecordedSession.Side;
import bulwark.wire.v1.Change;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.InventoryGrpc;
import bulwark.wire.v1.ObjectKey;
import bulwark.wire.v1.SensorInventory;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Today's Sensor with what Centrals of every recorded version said to a Sensor of the same cluster, over the wire.
class RecordedSessionTest {
    private SensorFixture sensor;

    @TempDir
    Path data;

    @BeforeEach
    void prepare() {
        sensor = new SensorFixture(data);
        for (int i = 5; i < 50; i++) sensor.api.of(WatchedResource.DEPLOYMENTS).delete("shop/d" + i);
        sensor.api.of(WatchedResource.NAMESPACES).put("shop", Objects.namespace("shop"));
        sensor.api.of(WatchedResource.NODES).put("node-1", Objects.node("node-1"));
        sensor.api.of(WatchedResource.REPLICA_SETS).put("shop/d0-1", Objects.replicaSet("shop", "d0-1", "d0"));
        sensor.api.of(WatchedResource.PODS).put("shop/d0-1-a", Objects.pod("shop", "d0-1-a", "d0-1", "node-1"));
        sensor.api.of(WatchedResource.SECRETS).put("shop/keys", Objects.secret("shop", "keys"));
        sensor.api.forbid(WatchedResource.NETWORK_POLICIES, true);
        sensor.central.said().listen();
    }

    @AfterEach
    void stop() throws InterruptedException {
        sensor.stop();
    }

    static List<RecordedSession> sessions() throws IOException {
        return RecordedSession.all();
    }

    /// What the cluster holds at the end, by what was sent.
    private static Map<ObjectKey, String> documents(List<byte[]> inventory) throws InvalidProtocolBufferException {
        var documents = new HashMap<ObjectKey, String>();
        for (byte[] each : inventory) {
            for (Change change : SensorInventory.parseFrom(each).getBatch().getChangesList()) {
                if (change.hasDelete()) documents.remove(change.getKey());
                else documents.put(change.getKey(), change.getUpsert().getJson().toStringUtf8());
            }
        }
        return documents;
    }

    private List<byte[]> saidToInventory() {
        return sensor.central.said().to(InventoryGrpc.SERVICE_NAME);
    }

    /// The story of every session: a sync, then a change, then a deletion, each in a batch of its own.
    private void change() {
        sensor.put(1, "app:2");
        await().untilAsserted(() -> assertThat(documents(saidToInventory()).values())
                .anySatisfy(json -> assertThat(json).contains("app:2")));
        sensor.api.of(WatchedResource.DEPLOYMENTS).delete("shop/d2");
        await().untilAsserted(() -> assertThat(documents(saidToInventory()).keySet())
                .extracting(ObjectKey::getName)
                .doesNotContain("d2"));
    }

    /// Records a session of today's Sensor where `-Dbulwark.record=VERSION` asks for one, and is its check otherwise.
    @Test
    void saysWhatIsToBeRecordedOfTodaysVersion() throws Exception {
        sensor.start();
        change();
        sensor.central.control().ping();
        await().untilAsserted(() -> assertThat(sensor.central.control().pongs()).isEqualTo(1));

        assertThat(documents(saidToInventory()).keySet())
                .extracting(ObjectKey::getName)
                .containsExactlyInAnyOrder("d0", "d1", "d3", "d4", "shop", "node-1", "d0-1-a", "keys");
        var record = RecordedSession.toRecord();
        if (record.isEmpty()) return;
        record.get().record(Side.SENSOR_CONTROL, sensor.central.said().to(ControlGrpc.SERVICE_NAME));
        record.get().record(Side.SENSOR_INVENTORY, saidToInventory());
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void bringsItsInventoryToACentralOfThatVersion(RecordedSession session) throws Exception {
        replay(new RecordedCentral(session, UnaryOperator.identity(), UnaryOperator.identity()), session);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void bringsItsInventoryToACentralThatSaysMoreThanItKnows(RecordedSession session) throws Exception {
        replay(new RecordedCentral(session, Newer::with, Newer::with), session);
    }

    private void replay(RecordedCentral central, RecordedSession session) throws Exception {
        SensorIdentity identity = sensor.join();
        sensor.central.serve(central.services());

        sensor.start(identity);
        change();

        assertThat(documents(saidToInventory()).keySet())
                .as("the same as then")
                .isEqualTo(documents(session.messages(Side.SENSOR_INVENTORY)).keySet());
        assertThat(central.unanswered()).isEmpty();
        assertThat(sensor.outcome).isNotDone();
        assertThat(central.hellos()).isEqualTo(1);
    }
}
