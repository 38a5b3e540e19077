package bulwark.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.sensor.connection.IdentitySecret;
import bulwark.sensor.connection.JoinClient;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.fake.ContractCentral;
import bulwark.sensor.inventory.Inventory;
import bulwark.sensor.inventory.InventoryCounters;
import bulwark.sensor.inventory.ObjectIntake;
import bulwark.sensor.watch.ApiServer;
import bulwark.sensor.watch.ClusterAccess;
import bulwark.sensor.watch.ClusterWatch;
import bulwark.sensor.watch.WatchLimits;
import bulwark.sensor.watch.WatchedResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What needs a real API server: the watch while it is killed, and the identity in a Secret. Skipped where the local
/// cluster's parts are not built.
class RealApiServerTest {
    private static final Path CLUSTER = Path.of(System.getProperty("bulwark.root", "../.."), "deploy/local/cluster");

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        String cache = System.getenv("BULWARK_CLUSTER_CACHE");
        Path parts = cache == null
                ? Path.of(System.getProperty("user.home"), ".cache", "bulwark", "cluster")
                : Path.of(cache);
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        boolean there = assets == null
                ? Files.isExecutable(parts.resolve("bin/kube-apiserver"))
                : Files.isExecutable(Path.of(assets, "kube-apiserver"));
        assumeTrue(there, "no kube-apiserver: build one with deploy/local/cluster build --parts api");
        assertThat(cluster("up", "--api-only", "--nodes", "0")).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster("down");
        cluster("purge");
    }

    @Test
    void followsARealClusterThroughAKilledApiServer() throws Exception {
        var inventory = new Inventory();
        var intake = new ObjectIntake(
                inventory,
                new byte[16],
                new InventoryCounters(Metrics.unseen()),
                Duration.ofSeconds(10),
                System::nanoTime);
        Path kubeconfig = folder.resolve("instance/admin.kubeconfig");
        try (ApiServer server = ClusterAccess.ofKubeconfig(kubeconfig, null, Instant.now())
                        .open(WatchLimits.DEFAULT);
                var watch = new ClusterWatch(
                        server, List.of(WatchedResource.values()), intake, WatchLimits.DEFAULT, new Random(1))) {
            watch.start();
            watch.health().awaitSettled();
            assertThat(watch.health().missingPermissions()).isEmpty();
            assertThat(inventory.find(new ObjectKey(ObjectType.NAMESPACE, "Namespace", "", "kube-system")))
                    .isNotNull();
            kubectl("create", "deployment", "before", "--image=app:1");
            await().untilAsserted(() ->
                    assertThat(inventory.find(deployment("before"))).isNotNull());

            assertThat(cluster("restart-apiserver", "--signal", "KILL")).isZero();
            kubectl("delete", "deployment", "before");
            kubectl("create", "deployment", "after", "--image=app:1");

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(inventory.find(deployment("after"))).isNotNull();
                assertThat(inventory.find(deployment("before"))).isNull();
            });
        }
    }

    @Test
    void keepsItsIdentityInTheSecretThatIsThereForIt() throws Exception {
        var access = ClusterAccess.ofKubeconfig(folder.resolve("instance/admin.kubeconfig"), null, Instant.now());
        var place = new IdentitySecret(access, "default", "sensor-identity");
        SensorIdentity identity;
        try (var central = new ContractCentral()) {
            identity = new JoinClient("test")
                    .join(central.registration(), central.registration().addresses());
        }
        assertThatThrownBy(place::load)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Secret default/sensor-identity");
        kubectl("create", "secret", "generic", "sensor-identity");
        assertThat(place.load()).isEmpty();

        place.save(identity);

        assertThat(place.load()).hasValueSatisfying(kept -> {
            assertThat(kept.clusterId()).isEqualTo(identity.clusterId());
            assertThat(kept.keyAndChain().certificate())
                    .isEqualTo(identity.keyAndChain().certificate());
            assertThat(kept.keyAndChain().key().getEncoded())
                    .isEqualTo(identity.keyAndChain().key().getEncoded());
        });
        place.delete();
        assertThat(place.load()).isEmpty();
    }

    private static ObjectKey deployment(String name) {
        return new ObjectKey(ObjectType.WORKLOAD, "Deployment", "default", name);
    }

    private static void kubectl(String... words) throws IOException, InterruptedException {
        assertThat(run("kubectl", List.of(words))).isZero();
    }

    private static int cluster(String command, String... words) throws IOException, InterruptedException {
        return run(command, List.of(words));
    }

    private static int run(String command, List<String> words) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.addAll(List.of(
                CLUSTER.toString(),
                command,
                "--instance",
                folder.resolve("instance").toString()));
        line.addAll(words);
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();
    }
}
