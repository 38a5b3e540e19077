package bulwark.sensor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import bulwark.base.Lifecycle;
import bulwark.base.UserError;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.sensor.connection.CentralConnection;
import bulwark.sensor.connection.ConnectionLimits;
import bulwark.sensor.connection.IdentityKeeper;
import bulwark.sensor.connection.JoinClient;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.fake.ContractCentral;
import bulwark.sensor.fake.FakeApiServer;
import bulwark.sensor.fake.Objects;
import bulwark.sensor.inventory.InventoryLimits;
import bulwark.sensor.watch.ClusterAccess;
import bulwark.sensor.watch.WatchLimits;
import bulwark.sensor.watch.WatchedResource;
import bulwark.wire.RegistrationLine;
import bulwark.wire.v1.GoodbyeReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole Sensor between an API server's lists and watches and a Central that keeps to the contract.
class SensorContractTest {
    private static final Sensor.Limits LIMITS = new Sensor.Limits(
            WatchLimits.DEFAULT,
            new InventoryLimits(
                    10, 1 << 20, Duration.ofMillis(20), 3, 8, Duration.ofSeconds(30), Duration.ofSeconds(10)),
            new ConnectionLimits(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(50),
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofMillis(200)));

    private final FakeApiServer api = new FakeApiServer();
    private final ContractCentral central = new ContractCentral();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CompletableFuture<CentralConnection.Outcome> outcome = new CompletableFuture<>();
    private final Lifecycle lifecycle = new Lifecycle();
    private final InetSocketAddress health = free();
    private @Nullable Thread thread;

    @TempDir
    Path data;

    @BeforeEach
    void seed() {
        for (int i = 0; i < 50; i++) put(i, "app:1");
    }

    @AfterEach
    void close() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        lifecycle.close();
        central.close();
        api.close();
    }

    private void put(int i, String image) {
        api.of(WatchedResource.DEPLOYMENTS).put("shop/d" + i, Objects.deployment("shop", "d" + i, image));
    }

    private double metric(String name) throws IOException {
        String url = "http://127.0.0.1:" + health.getPort() + "/metrics";
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static InetSocketAddress free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() throws IOException, InterruptedException {
        RegistrationLine registration = central.registration();
        SensorIdentity identity = new JoinClient("test").join(registration, registration.addresses());
        identity.save(data);
        Path kubeconfig = Files.writeString(data.resolve("kubeconfig"), api.kubeconfig());
        var sensor = new Sensor(
                new IdentityKeeper(data, identity),
                ClusterAccess.ofKubeconfig(kubeconfig, null, Instant.now()),
                LIMITS,
                "test",
                ready::countDown);
        thread = Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(sensor.run(lifecycle, health));
            } catch (Exception e) {
                outcome.completeExceptionally(e);
            }
        });
        assertThat(ready.await(20, TimeUnit.SECONDS)).as("ready").isTrue();
    }

    @Test
    void bringsTheWholeClusterToCentralAndThenEachChange() throws Exception {
        start();
        assertThat(central.inventory().stored()).hasSize(50);

        put(7, "app:2");
        api.of(WatchedResource.DEPLOYMENTS).delete("shop/d8");

        await().untilAsserted(() -> {
            var stored = central.inventory().stored().get(deployment(7));
            assertThat(requireNonNull(stored).json().toStringUtf8()).contains("app:2");
            assertThat(central.inventory().stored()).doesNotContainKey(deployment(8));
        });
        assertThat(central.inventory().syncs()).isEqualTo(1);
    }

    @Test
    void sendsOnlyWhatDiffersAfterAReconnect() throws Exception {
        start();
        long before = central.inventory().documentsReceived();

        central.stop();
        put(3, "app:2");
        api.of(WatchedResource.DEPLOYMENTS).delete("shop/d4");
        central.start();

        await().untilAsserted(() -> {
            assertThat(central.inventory().syncsDone()).isEqualTo(2);
            assertThat(central.inventory().stored()).hasSize(49);
        });
        assertThat(central.inventory().documentsReceived() - before).isEqualTo(1);
    }

    @Test
    void keepsTheNewestStateOnlyWhileCentralDoesNotAcknowledge() throws Exception {
        start();
        long before = central.inventory().documentsReceived();
        central.inventory().withholdAcks(true);

        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 50; i++) put(i, "app:round-" + round);
        }
        await().untilAsserted(() ->
                assertThat(metric("bulwark_sensor_objects_taken_total")).isEqualTo(50 + 40 * 50));
        central.inventory().withholdAcks(false);

        await().untilAsserted(() -> assertThat(central.inventory().stored().values())
                .allMatch(stored -> stored.json().toStringUtf8().contains("app:round-39")));
        assertThat(central.inventory().mostOpenBatches())
                .as("never more than the window")
                .isEqualTo(3);
        assertThat(central.inventory().documentsReceived() - before)
                .as("of 2000 changes")
                .isLessThan(200);
    }

    @Test
    void stopsForGoodAndForgetsItsIdentityWhenTheClusterIsRemoved() throws Exception {
        start();

        central.control().goodbye(GoodbyeReason.GOODBYE_REASON_REMOVED);

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(CentralConnection.Outcome.Removed.class);
        assertThat(SensorIdentity.load(data)).isEmpty();
    }

    @Test
    void stopsWhenAnotherSensorTookItsPlaceButKeepsItsIdentity() throws Exception {
        start();

        central.control().goodbye(GoodbyeReason.GOODBYE_REASON_REPLACED);

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(CentralConnection.Outcome.Replaced.class);
        assertThat(SensorIdentity.load(data)).isPresent();
    }

    @Test
    void comesAgainAfterCentralShutDown() throws Exception {
        start();

        central.control().goodbye(GoodbyeReason.GOODBYE_REASON_SHUTDOWN);

        await().untilAsserted(() -> assertThat(central.inventory().syncsDone()).isEqualTo(2));
    }

    @Test
    void leavesAConnectionOnWhichNothingIsHeard() throws Exception {
        central.control().heartbeat(1);

        start();

        await().untilAsserted(
                        () -> assertThat(central.control().hellos().size()).isGreaterThan(1));
    }

    @Test
    void answersPings() throws Exception {
        start();

        central.control().ping();

        await().untilAsserted(() -> assertThat(central.control().pongs()).isEqualTo(1));
    }

    @Test
    void renewsItsCertificateAfterTwoThirdsOfItsLife() throws Exception {
        central.issueFor(Duration.ofSeconds(2)); // of which it counts five minutes more, for clocks that differ
        start();
        SensorIdentity first = SensorIdentity.load(data).orElseThrow();
        central.issueFor(Duration.ofHours(1));

        await().untilAsserted(() ->
                assertThat(SensorIdentity.load(data).orElseThrow().expiresAt()).isAfter(first.expiresAt()));

        await().untilAsserted(
                        () -> assertThat(central.control().hellos().size()).isGreaterThan(1));
        assertThat(outcome).isNotDone();
    }

    @Test
    void tellsCentralWhatItMayNotRead() throws Exception {
        api.forbid(WatchedResource.SECRETS, true);

        start();

        await().untilAsserted(() -> {
            var health = central.control().health();
            assertThat(requireNonNull(health).getSynced()).isTrue();
            assertThat(health.getMissingPermissionsList())
                    .extracting(each -> each.getVerb() + " " + each.getResource())
                    .containsExactly("list secrets");
        });
    }

    @Test
    void joinsOnceWithARegistrationAndKeepsItsKeyToItself() throws Exception {
        RegistrationLine registration = central.registration();
        var client = new JoinClient("test");
        client.join(registration, registration.addresses()).save(data);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(SensorIdentity.FILE))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> client.join(registration, registration.addresses()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("used or expired");
    }

    @Test
    void doesNotSendTheSecretToAServerOfAnotherAuthority() {
        RegistrationLine right = central.registration();
        var wrong = new RegistrationLine(right.addresses(), "0".repeat(64), right.secret());
        var client = new JoinClient("test");

        assertThatThrownBy(() -> client.join(wrong, wrong.addresses()))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("fingerprint");
        assertThat(catchJoin(client, right)).as("the secret is still unused").isNotNull();
    }

    private static SensorIdentity catchJoin(JoinClient client, RegistrationLine registration) {
        try {
            return client.join(registration, registration.addresses());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectKey deployment(int i) {
        return new ObjectKey(ObjectType.WORKLOAD, "Deployment", "shop", "d" + i);
    }
}
