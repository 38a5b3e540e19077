package bulwark.sensor;

import bulwark.base.Lifecycle;
import bulwark.base.Loop;
import bulwark.base.Metrics;
import bulwark.kubernetes.Tree;
import bulwark.sensor.connection.CentralConnection;
import bulwark.sensor.connection.ConnectionLimits;
import bulwark.sensor.connection.IdentityKeeper;
import bulwark.sensor.health.HealthServer;
import bulwark.sensor.health.SensorHealth;
import bulwark.sensor.inventory.Inventory;
import bulwark.sensor.inventory.InventoryCounters;
import bulwark.sensor.inventory.InventoryLimits;
import bulwark.sensor.inventory.InventoryStream;
import bulwark.sensor.inventory.ObjectIntake;
import bulwark.sensor.watch.ApiServer;
import bulwark.sensor.watch.ApiStatusException;
import bulwark.sensor.watch.ClusterAccess;
import bulwark.sensor.watch.ClusterWatch;
import bulwark.sensor.watch.WatchLimits;
import bulwark.sensor.watch.WatchedResource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Sensor, put together: the watch of a cluster, its inventory, and the connection to Central.
public final class Sensor {
    private static final Logger log = LoggerFactory.getLogger(Sensor.class);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

    private final IdentityKeeper identities;
    private final ClusterAccess access;
    private final Limits limits;
    private final String version;
    private final Runnable whenReady;

    /// The limits of all parts.
    public record Limits(WatchLimits watch, InventoryLimits inventory, ConnectionLimits connection) {
        /// For any Sensor that is not a test.
        public static final Limits DEFAULT =
                new Limits(WatchLimits.DEFAULT, InventoryLimits.DEFAULT, ConnectionLimits.DEFAULT);
    }

    /// `whenReady` is called once, when Central has committed the whole inventory.
    public Sensor(IdentityKeeper identities, ClusterAccess access, Limits limits, String version, Runnable whenReady) {
        this.identities = identities;
        this.access = access;
        this.limits = limits;
        this.version = version;
        this.whenReady = whenReady;
    }

    /// Runs until Central ends it for good or the thread is interrupted; its parts belong to the lifecycle.
    public CentralConnection.Outcome run(Lifecycle lifecycle, @Nullable InetSocketAddress healthAddress)
            throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var metrics = new Metrics(registry);
        RandomGenerator random = new SecureRandom();
        var inventory = new Inventory();
        var counters = new InventoryCounters(metrics);
        byte[] salt = identities.identity().salt().getBytes(StandardCharsets.US_ASCII);
        var intake =
                new ObjectIntake(inventory, salt, counters, limits.inventory().ownerWait(), System::nanoTime);
        ApiServer server = access.open(limits.watch());
        lifecycle.onClose("api client", server);
        SensorHealth.Cluster cluster = cluster(server);
        var watch = new ClusterWatch(server, List.of(WatchedResource.values()), intake, limits.watch(), random);
        var health = new SensorHealth(cluster, watch.health(), intake, inventory, counters);
        gauges(metrics, inventory, intake);
        if (healthAddress != null) {
            lifecycle.start(
                    "health server",
                    () -> new HealthServer(
                            healthAddress,
                            new HealthServer.Answers(health::report, health::isReady, registry::scrape)));
        }
        lifecycle.onClose("watch", watch);
        watch.start();
        lifecycle.onClose("owner wait", Loop.start("owner-wait", Duration.ofSeconds(1), metrics, intake::releaseHeld));
        var stream = new InventoryStream(inventory, limits.inventory(), health::unreadKinds, () -> ready(health));
        var connection =
                new CentralConnection(identities, health, stream, limits.connection(), Clock.systemUTC(), random);
        metrics.gauge("bulwark.sensor.connected", () -> connection.isConnected() ? 1 : 0);
        return connection.run();
    }

    private void ready(SensorHealth health) {
        if (health.isReady()) return;
        health.becameReady();
        whenReady.run();
    }

    private static void gauges(Metrics metrics, Inventory inventory, ObjectIntake intake) {
        metrics.gauge("bulwark.sensor.inventory.objects", inventory::size);
        metrics.gauge("bulwark.sensor.inventory.bytes", inventory::bytes);
        metrics.gauge("bulwark.sensor.inventory.waiting", inventory::waiting);
        metrics.gauge("bulwark.sensor.pods.held", intake::heldPods);
    }

    /// Asks until the API server answers; what Sensor may not know stays empty.
    private SensorHealth.Cluster cluster(ApiServer server) throws InterruptedException {
        Duration wait = Duration.ofSeconds(1);
        while (true) {
            try {
                return new SensorHealth.Cluster(version, server.version(), uid(server));
            } catch (ApiStatusException e) {
                if (e.code() == 403) return new SensorHealth.Cluster(version, "", "");
                tell(server, e);
            } catch (IOException e) {
                tell(server, e);
            }
            Thread.sleep(wait);
            wait = wait.compareTo(LONGEST_RETRY) < 0 ? wait.multipliedBy(2) : wait;
        }
    }

    private static void tell(ApiServer server, IOException e) {
        log.atWarn()
                .addKeyValue("server", server.address())
                .addKeyValue("reason", e.getMessage())
                .log("the API server cannot be asked, trying again");
    }

    private static String uid(ApiServer server) throws IOException, InterruptedException {
        try {
            Tree namespace = server.read("/api/v1/namespaces/kube-system");
            return namespace instanceof Tree.Mapping mapping
                            && mapping.entries().get("metadata") instanceof Tree.Mapping metadata
                            && metadata.entries().get("uid") instanceof Tree.Text uid
                    ? uid.value()
                    : "";
        } catch (ApiStatusException e) {
            if (e.isRefusal()) return "";
            throw e;
        }
    }
}
