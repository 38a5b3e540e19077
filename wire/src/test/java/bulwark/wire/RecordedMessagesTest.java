package bulwark.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.KubernetesProjector;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.ObjectType;
import bulwark.wire.v1.Batch;
import bulwark.wire.v1.BucketKeys;
import bulwark.wire.v1.BucketsDiffer;
import bulwark.wire.v1.CaBundle;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.CertificateIssued;
import bulwark.wire.v1.CertificateRequest;
import bulwark.wire.v1.Change;
import bulwark.wire.v1.Delete;
import bulwark.wire.v1.Goodbye;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.Hello;
import bulwark.wire.v1.KeyHash;
import bulwark.wire.v1.MissingPermission;
import bulwark.wire.v1.ObjectKey;
import bulwark.wire.v1.Ping;
import bulwark.wire.v1.Pong;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.SensorInventory;
import bulwark.wire.v1.SyncDone;
import bulwark.wire.v1.SyncStart;
import bulwark.wire.v1.Upsert;
import bulwark.wire.v1.Wanted;
import bulwark.wire.v1.Welcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Replays what version 1 sent. A file once recorded is never written again: with `-Dbulwark.record=VERSION` only
/// those that are missing are.
class RecordedMessagesTest {
    private static final ObjectKey KEY =
            WireKeys.toMessage(new bulwark.model.inventory.ObjectKey(ObjectType.WORKLOAD, "Deployment", "shop", "web"));

    @Test
    void understandsEveryMessageOfVersion1AsItWasMeant() throws IOException {
        for (var entry : messages().entrySet()) {
            byte[] recorded = HexFormat.of()
                    .parseHex(recorded(entry.getKey() + ".hex", hex(entry.getValue()))
                            .strip());

            Message read = entry.getValue().getParserForType().parseFrom(recorded);

            assertThat(read).as(entry.getKey()).isEqualTo(entry.getValue());
        }
    }

    @Test
    void hasARecordingOfEveryField() {
        var recorded = new TreeSet<String>();
        for (Message each : messages().values()) collect(each, recorded);

        var all = new TreeSet<String>();
        for (var file : List.of(
                SensorControl.getDescriptor().getFile(),
                SensorInventory.getDescriptor().getFile())) {
            for (var type : file.getMessageTypes()) {
                for (var field : type.getFields()) all.add(field.getFullName());
            }
        }
        assertThat(recorded).isEqualTo(all);
    }

    private static void collect(Message message, Set<String> to) {
        message.getAllFields().forEach((field, value) -> {
            to.add(field.getFullName());
            if (field.getJavaType() != JavaType.MESSAGE || field.isMapField()) return;
            Iterable<?> items = field.isRepeated() ? (Iterable<?>) value : List.of(value);
            for (Object item : items) collect((Message) item, to);
        });
    }

    @Test
    void understandsEveryDocumentOfVersion1AndLosesNothingOfIt() throws IOException, MalformedFileException {
        var documents = new Documents();
        var json = new ObjectMapper();
        var objects = ManifestTest.Manifests.objects(
                new TreeReader(KubernetesLimits.DEFAULT), KubernetesProjector.forFiles());
        for (InventoryObject object : objects) {
            String name = object.key().type() + "-" + object.key().kind() + ".json";
            String recorded = recorded(name, new String(documents.write((Record) object), UTF_8));

            var read = documents.read(object.key().type(), recorded.strip().getBytes(UTF_8));

            assertThat(read).as(name).isEqualTo(object);
            assertContained(json.readTree(recorded), json.readTree(documents.write((Record) read)), name);
        }
    }

    /// Later versions may add members; those of before must keep their names and meaning.
    private static void assertContained(JsonNode before, JsonNode now, String path) {
        if (!before.isContainerNode()) {
            assertThat(now).as(path).isEqualTo(before);
            return;
        }
        assertThat(now.getNodeType()).as(path).isEqualTo(before.getNodeType());
        for (var entry : before.properties()) {
            assertThat(now.has(entry.getKey())).as(path + "." + entry.getKey()).isTrue();
            assertContained(entry.getValue(), now.get(entry.getKey()), path + "." + entry.getKey());
        }
        if (before.isArray()) {
            assertThat(now).as(path).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertContained(before.get(i), now.get(i), path + "[" + i + "]");
            }
        }
    }

    private static Map<String, Message> messages() {
        var messages = new LinkedHashMap<String, Message>();
        var health = Health.newBuilder()
                .addMissingPermissions(MissingPermission.newBuilder()
                        .setResource("secrets")
                        .setVerb("list")
                        .setReason("forbidden"))
                .putCounters("dropped", 7)
                .setSynced(true)
                .build();
        messages.put(
                "hello",
                SensorControl.newBuilder()
                        .setHello(Hello.newBuilder()
                                .setSensorVersion("0.1.0")
                                .setProtocolVersion(1)
                                .addCapabilities("inventory")
                                .setKubernetesVersion("v1.36.2")
                                .setClusterUid("uid")
                                .setHealth(health))
                        .build());
        messages.put("health", SensorControl.newBuilder().setHealth(health).build());
        messages.put(
                "certificate-request",
                SensorControl.newBuilder()
                        .setCertificateRequest(CertificateRequest.newBuilder().setCsrDer(bytes("csr")))
                        .build());
        messages.put(
                "pong",
                SensorControl.newBuilder()
                        .setPong(Pong.newBuilder().setNonce(9))
                        .build());
        centralControl(messages);
        inventory(messages);
        return messages;
    }

    private static void centralControl(Map<String, Message> messages) {
        messages.put(
                "welcome",
                CentralControl.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setCentralVersion("0.1.0")
                                .setProtocolVersion(1)
                                .addCapabilities("resync")
                                .setClusterId("id")
                                .setClusterName("production")
                                .setServerTimeMillis(1_769_860_800_000L)
                                .setHeartbeatSeconds(10))
                        .build());
        messages.put(
                "certificate-issued",
                CentralControl.newBuilder()
                        .setCertificateIssued(CertificateIssued.newBuilder()
                                .setCertificatePem("certificate")
                                .setCaBundlePem("bundle"))
                        .build());
        messages.put(
                "ca-bundle",
                CentralControl.newBuilder()
                        .setCaBundle(CaBundle.newBuilder().setPem("bundle"))
                        .build());
        messages.put(
                "ping",
                CentralControl.newBuilder()
                        .setPing(Ping.newBuilder().setNonce(9))
                        .build());
        messages.put(
                "goodbye",
                CentralControl.newBuilder()
                        .setGoodbye(Goodbye.newBuilder()
                                .setReason(GoodbyeReason.GOODBYE_REASON_REPLACED)
                                .setMessage("another Sensor")
                                .setRetryAfterSeconds(30))
                        .build());
    }

    private static void inventory(Map<String, Message> messages) {
        messages.put(
                "sync-start",
                SensorInventory.newBuilder()
                        .setSyncStart(SyncStart.newBuilder()
                                .setGeneration(3)
                                .setBucketCount(2)
                                .addBucketHashes(0)
                                .addBucketHashes(-2))
                        .build());
        messages.put(
                "sync-start-unread",
                SensorInventory.newBuilder()
                        .setSyncStart(SyncStart.newBuilder()
                                .setGeneration(4)
                                .setBucketCount(1)
                                .addBucketHashes(5)
                                .addUnreadKinds("NetworkPolicy"))
                        .build());
        messages.put(
                "bucket-keys",
                SensorInventory.newBuilder()
                        .setBucketKeys(BucketKeys.newBuilder()
                                .setGeneration(3)
                                .setBucket(1)
                                .addObjects(KeyHash.newBuilder().setKey(KEY).setHash(-5)))
                        .build());
        messages.put(
                "batch",
                SensorInventory.newBuilder()
                        .setBatch(Batch.newBuilder()
                                .setSequence(1)
                                .addChanges(Change.newBuilder()
                                        .setKey(KEY)
                                        .setUpsert(
                                                Upsert.newBuilder().setHash(-5).setJson(bytes("{}"))))
                                .addChanges(Change.newBuilder().setKey(KEY).setDelete(Delete.getDefaultInstance())))
                        .build());
        messages.put(
                "sync-done",
                SensorInventory.newBuilder()
                        .setSyncDone(SyncDone.newBuilder().setGeneration(3).setSequence(1))
                        .build());
        messages.put(
                "buckets-differ",
                CentralInventory.newBuilder()
                        .setBucketsDiffer(BucketsDiffer.newBuilder()
                                .setGeneration(3)
                                .addBuckets(0)
                                .addBuckets(1))
                        .build());
        messages.put(
                "wanted",
                CentralInventory.newBuilder()
                        .setWanted(Wanted.newBuilder()
                                .setGeneration(3)
                                .setBucket(1)
                                .addKeys(KEY))
                        .build());
        messages.put(
                "ack",
                CentralInventory.newBuilder()
                        .setAck(bulwark.wire.v1.Ack.newBuilder().setSequence(1))
                        .build());
    }

    private static String recorded(String name, String today) throws IOException {
        Path file = Path.of("src/test/resources/recorded/v1", name);
        if (!System.getProperty("bulwark.record", "").isEmpty() && !Files.exists(file))
            Files.writeString(file, today + "\n");
        assertThat(file).as("record it once with -Dbulwark.record=VERSION").exists();
        return Files.readString(file);
    }

    private static String hex(Message message) {
        return HexFormat.of().formatHex(message.toByteArray());
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
