package bulwark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.Lifecycle;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.sensor.connection.CentralConnection;
import bulwark.sensor.connection.ConnectionLimits;
import bulwark.sensor.connection.IdentityFile;
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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A whole Sensor between an API server's lists and watches, with 50 Deployments, and a Central that keeps to the
/// contract.
final class SensorFixture {
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

    final FakeApiServer api = new FakeApiServer();
    final ContractCentral central = new ContractCentral();
    final CompletableFuture<CentralConnection.Outcome> outcome = new CompletableFuture<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Lifecycle lifecycle = new Lifecycle();
    private final InetSocketAddress health = free();
    private final Path data;
    private @Nullable Thread thread;

    SensorFixture(Path data) {
        this.data = data;
        for (int i = 0; i < 50; i++) put(i, "app:1");
    }

    void put(int i, String image) {
        api.of(WatchedResource.DEPLOYMENTS).put("shop/d" + i, Objects.deployment("shop", "d" + i, image));
    }

    static ObjectKey deployment(int i) {
        return new ObjectKey(ObjectType.WORKLOAD, "Deployment", "shop", "d" + i);
    }

    /// What Central has stored of a Deployment; empty where it has none.
    String stored(int i) {
        var stored = central.inventory().stored().get(deployment(i));
        return stored == null ? "" : stored.json().toStringUtf8();
    }

    double metric(String name) throws IOException {
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

    /// Joins, and starts with what that gave.
    void start() throws IOException, InterruptedException {
        start(join());
    }

    SensorIdentity join() throws IOException, InterruptedException {
        RegistrationLine registration = central.registration();
        SensorIdentity identity = new JoinClient("test").join(registration, registration.addresses());
        new IdentityFile(data).save(identity);
        return identity;
    }

    /// Who it is on disk now.
    SensorIdentity identity() throws IOException {
        return new IdentityFile(data).load().orElseThrow();
    }

    void start(SensorIdentity identity) throws IOException, InterruptedException {
        startWithoutWaiting(identity);
        assertThat(ready.await(20, TimeUnit.SECONDS)).as("ready").isTrue();
    }

    void startWithoutWaiting(SensorIdentity identity) throws IOException {
        Path kubeconfig = Files.writeString(data.resolve("kubeconfig"), api.kubeconfig());
        var sensor = new Sensor(
                new IdentityKeeper(new IdentityFile(data), identity),
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
    }

    void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        lifecycle.close();
        central.close();
        api.close();
    }
}
