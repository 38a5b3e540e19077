package bulwark.central.flow;

import static bulwark.central.tables.Tables.INVENTORY_OBJECT;
import static bulwark.central.tables.Tables.UNDECIDED;
import static bulwark.central.tables.Tables.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.central.view.ClusterRow;
import bulwark.model.access.AccessScope;
import bulwark.model.inventory.ObjectType;
import bulwark.wire.recorded.Newer;
import bulwark.wire.recorded.RecordedSession;
import bulwark.wire.recorded.RecordedSession.Side;
import bulwark.wire.v1.Change;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.Hello;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.SensorInventory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Today's Central with what Sensors of every recorded version said, over real streams with certificates. The end is
/// always the same: everything that was said is stored, judged and shown.
class RecordedSessionTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<byte[]> saidOnControl = new ArrayList<>();
    private final List<byte[]> saidOnInventory = new ArrayList<>();
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

    static List<RecordedSession> sessions() throws IOException {
        return RecordedSession.all();
    }

    private ClusterRow row() {
        return central.clusters.get(AccessScope.EVERYTHING, sensor.clusterId()).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void storesWhatASensorOfThatVersionSaid(RecordedSession session) throws Exception {
        replay(session, UnaryOperator.identity(), UnaryOperator.identity());

        var record = RecordedSession.toRecord();
        if (record.isEmpty() || !record.get().toString().equals(session.toString())) return;
        record.get().record(Side.CENTRAL_CONTROL, saidOnControl);
        record.get().record(Side.CENTRAL_INVENTORY, saidOnInventory);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void storesWhatASensorSaysThatSaysMoreThanCentralKnows(RecordedSession session) throws Exception {
        replay(session, Newer::with, RecordedSessionTest::newer);
    }

    /// With fields, an object type and members of documents that nobody knows yet.
    private static SensorInventory newer(SensorInventory message) {
        var builder = Newer.with(message).toBuilder();
        if (!message.hasBatch()) return builder.build();
        for (Change.Builder change : builder.getBatchBuilder().getChangesBuilderList()) {
            if (!change.hasUpsert()) continue;
            String json = change.getUpsert().getJson().toStringUtf8();
            change.getUpsertBuilder()
                    .setJson(ByteString.copyFromUtf8("{\"ofTomorrow\":{\"depth\":3}," + json.substring(1)));
        }
        var unknown = builder.getBatch().getChanges(0).toBuilder();
        unknown.getKeyBuilder().setTypeValue(99);
        return builder.setBatch(builder.getBatch().toBuilder().addChanges(unknown))
                .build();
    }

    private void replay(
            RecordedSession session, UnaryOperator<SensorControl> controlAs, UnaryOperator<SensorInventory> inventoryAs)
            throws Exception {
        var control = sensor.control();
        var hello = Hello.getDefaultInstance();
        for (byte[] each : session.messages(Side.SENSOR_CONTROL)) {
            var message = controlAs.apply(SensorControl.parseFrom(each));
            control.send(message);
            if (!message.hasHello()) continue;
            hello = message.getHello();
            assertThat(kept(saidOnControl, control.next()).hasWelcome()).isTrue();
            assertThat(kept(saidOnControl, control.next()).hasCaBundle()).isTrue();
            control.send(Newer.unheardOf(message));
        }
        sensor.renew(control);
        central.watch.beat();
        assertThat(kept(saidOnControl, control.next()).hasPing()).isTrue();
        Awaitility.await().until(() -> !row().missingPermissions().isEmpty());

        var expected = inventory(session, inventoryAs);

        Awaitility.await().until(() -> row().status() == ClusterRow.Status.CONNECTED);
        assertThat(stored()).isEqualTo(expected);
        assertThat(row().sensorVersion()).isEqualTo(hello.getSensorVersion());
        assertThat(row().capabilities()).isEqualTo(hello.getCapabilitiesList());
        long workloads = expected.keySet().stream()
                .filter(key -> key.startsWith("WORKLOAD"))
                .count();
        assertThat(row().workloads()).isEqualTo(workloads).isPositive();
        assertThat(central.evaluation.judgeWaiting()).isEqualTo(Math.toIntExact(workloads));
        assertThat(central.database.sql().fetchCount(WORKLOAD, WORKLOAD.EVALUATED_VERSION.eq(WORKLOAD.VERSION)))
                .isEqualTo(Math.toIntExact(workloads));
        assertThat(central.database.sql().fetchCount(UNDECIDED, UNDECIDED.REASON.contains("stored document")))
                .isZero();
        central.connections.endAll(bulwark.central.sensor.SensorConnections.Reason.SHUTDOWN);
        assertThat(kept(saidOnControl, control.next()).getGoodbye().getReason())
                .isEqualTo(GoodbyeReason.GOODBYE_REASON_SHUTDOWN);
    }

    /// Says the Inventory again, answer by answer; returns the documents that it amounts to.
    private Map<String, JsonNode> inventory(RecordedSession session, UnaryOperator<SensorInventory> as)
            throws IOException, InterruptedException {
        var expected = new HashMap<String, JsonNode>();
        var stream = sensor.inventory();
        for (byte[] each : session.messages(Side.SENSOR_INVENTORY)) {
            var message = as.apply(SensorInventory.parseFrom(each));
            stream.send(message);
            stream.send(Newer.unheardOf(message));
            if (!message.hasSyncDone()) kept(saidOnInventory, stream.next());
            for (Change change : message.getBatch().getChangesList()) {
                if (change.getKey().getTypeValue() == 99) continue;
                String key = bulwark.wire.WireKeys.toModel(change.getKey())
                        .orElseThrow()
                        .toString();
                if (change.hasDelete()) expected.remove(key);
                else
                    expected.put(key, JSON.readTree(change.getUpsert().getJson().toStringUtf8()));
            }
        }
        return expected;
    }

    private static <M extends Message> M kept(List<byte[]> said, M message) {
        said.add(message.toByteArray());
        return message;
    }

    private Map<String, JsonNode> stored() throws IOException {
        var found = new HashMap<String, JsonNode>();
        for (var row : central.database.sql().selectFrom(INVENTORY_OBJECT).fetch()) {
            var key = new bulwark.model.inventory.ObjectKey(
                    ObjectType.valueOf(row.getType()), row.getKind(), row.getNamespace(), row.getName());
            found.put(key.toString(), JSON.readTree(row.getDocument().data()));
        }
        return found;
    }

    /// Every kind of document of version 1, with a member and words that nobody knows yet.
    @Test
    void storesEveryRecordedDocumentWholeAndReadsItAgain() throws Exception {
        var expected = new HashMap<String, JsonNode>();
        for (Path file : RecordedSession.documents()) {
            String name = String.valueOf(file.getFileName());
            var type = ObjectType.valueOf(name.substring(0, name.indexOf('-')));
            String recorded = Files.readString(file).replace("\"REGULAR\"", "\"OF_TOMORROW\"");
            var json = (ObjectNode) JSON.readTree(recorded);
            json.putObject("ofTomorrow").put("depth", 3);
            byte[] document = json.toString().getBytes(StandardCharsets.UTF_8);
            var key = sensor.documents.read(type, document).key();
            sensor.objects.put(key, document);
            expected.put(key.toString(), json);
        }

        assertThat(sensor.sync(sensor.inventory())).isEqualTo(expected.size());

        assertThat(stored()).isEqualTo(expected);
        Awaitility.await().until(() -> central.evaluation.judgeWaiting() > 0);
        assertThat(central.database.sql().fetchCount(UNDECIDED, UNDECIDED.REASON.contains("stored document")))
                .isZero();
    }
}
