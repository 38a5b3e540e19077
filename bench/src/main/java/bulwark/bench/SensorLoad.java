package bulwark.bench;

import bulwark.base.Metrics;
import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import bulwark.sensor.connection.CentralConnection;
import bulwark.sensor.connection.ConnectionLimits;
import bulwark.sensor.connection.IdentityFile;
import bulwark.sensor.connection.IdentityKeeper;
import bulwark.sensor.connection.JoinClient;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.connection.SensorState;
import bulwark.sensor.inventory.Inventory;
import bulwark.sensor.inventory.InventoryCounters;
import bulwark.sensor.inventory.InventoryLimits;
import bulwark.sensor.inventory.InventoryStream;
import bulwark.sensor.inventory.ObjectIntake;
import bulwark.sensor.watch.WatchedResource;
import bulwark.wire.JsonTree;
import bulwark.wire.RegistrationLine;
import bulwark.wire.v1.Health;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Sensor's own inventory and streams, fed by us instead of a watch, so that its documents are ready before the clock
/// starts.
final class SensorLoad implements AutoCloseable, SensorState {
    private final SensorIdentity identity;
    private final Path folder;
    private final Inventory inventory = new Inventory();
    private final ObjectIntake intake;
    private final JsonTree reader = new JsonTree(KubernetesLimits.DEFAULT);
    private final CountDownLatch synced = new CountDownLatch(1);
    private long version;
    private @Nullable Thread connection;

    private SensorLoad(SensorIdentity identity, Path folder) {
        this.identity = identity;
        this.folder = folder;
        this.intake = new ObjectIntake(
                inventory,
                identity.salt().getBytes(StandardCharsets.US_ASCII),
                new InventoryCounters(Metrics.unseen()),
                InventoryLimits.DEFAULT.ownerWait(),
                System::nanoTime);
    }

    /// Joins as any Sensor does, by a registration.
    static SensorLoad join(String registration, URI central, Path folder) throws IOException, InterruptedException {
        var line = RegistrationLine.parse(registration);
        return new SensorLoad(new JoinClient("bench").join(line, List.of(central)), folder);
    }

    /// An object of the cluster is there, or is now so.
    void put(WatchedResource resource, LongFunction<String> object) {
        byte[] json = object.apply(++version).getBytes(StandardCharsets.UTF_8);
        try {
            if (!(reader.read("object", json) instanceof Tree.Mapping tree))
                throw new IllegalStateException("no object");
            intake.listed(resource, tree);
        } catch (MalformedFileException e) {
            throw new IllegalStateException("an object of the benchmark cannot be read", e);
        }
    }

    int documents() {
        return inventory.size();
    }

    long bytes() {
        return inventory.bytes();
    }

    /// Opens the streams.
    void connect() {
        var stream = new InventoryStream(inventory, InventoryLimits.DEFAULT, Set::of, synced::countDown);
        var central = new CentralConnection(
                new IdentityKeeper(new IdentityFile(folder), identity),
                this,
                stream,
                ConnectionLimits.DEFAULT,
                Clock.systemUTC(),
                new Random(1));
        connection = Thread.ofPlatform().name("sensor").daemon().start(() -> {
            try {
                throw new IllegalStateException("Central ended it: " + central.run());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Waits until Central has committed everything.
    void awaitSync() throws InterruptedException {
        if (!synced.await(10, TimeUnit.MINUTES)) throw new IllegalStateException("the sync did not end in 10 minutes");
    }

    @Override
    public String version() {
        return "bench";
    }

    @Override
    public String kubernetesVersion() {
        return "v1.36.2";
    }

    @Override
    public String clusterUid() {
        return "";
    }

    @Override
    public Health health() {
        return Health.newBuilder().setSynced(true).build();
    }

    @Override
    public void awaitListed() {}

    @Override
    public void close() {
        if (connection != null) connection.interrupt();
    }
}
