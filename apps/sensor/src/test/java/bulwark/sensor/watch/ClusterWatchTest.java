package bulwark.sensor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.base.Metrics;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.sensor.fake.FakeApiServer;
import bulwark.sensor.fake.Objects;
import bulwark.sensor.inventory.Inventory;
import bulwark.sensor.inventory.InventoryCounters;
import bulwark.sensor.inventory.ObjectIntake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterWatchTest {
    private static final WatchLimits LIMITS = new WatchLimits(
            3,
            3,
            2,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(100));

    private final FakeApiServer server = new FakeApiServer();
    private final Inventory inventory = new Inventory();
    private final ObjectIntake intake = new ObjectIntake(
            inventory, new byte[16], new InventoryCounters(Metrics.unseen()), Duration.ofSeconds(10), System::nanoTime);
    private ApiServer client;
    private ClusterWatch watch;

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        client = ClusterAccess.ofKubeconfig(kubeconfig, null, Instant.now()).open(LIMITS);
        watch = new ClusterWatch(client, List.of(WatchedResource.values()), intake, LIMITS, new Random(1));
        for (int i = 0; i < 10; i++) {
            server.of(WatchedResource.DEPLOYMENTS).seed("shop/d" + i, Objects.deployment("shop", "d" + i, "app:1"));
        }
    }

    @AfterEach
    void close() {
        watch.close();
        client.close();
        server.close();
    }

    private void start() throws InterruptedException {
        watch.start();
        watch.health().awaitSettled();
    }

    @Test
    void listsPageByPageAndFollowsChanges() throws InterruptedException {
        start();
        assertThat(inventory.size()).isEqualTo(10);

        server.of(WatchedResource.DEPLOYMENTS).put("shop/new", Objects.deployment("shop", "new", "app:1"));
        server.of(WatchedResource.DEPLOYMENTS).delete("shop/d3");

        await().untilAsserted(() -> {
            assertThat(inventory.find(deployment("new"))).isNotNull();
            assertThat(inventory.find(deployment("d3"))).isNull();
        });
    }

    @Test
    void noticesWhatWentWhileItWasNotWatching() throws InterruptedException {
        start();

        server.breakDown(true);
        server.of(WatchedResource.DEPLOYMENTS).deleteUnseen("shop/d4");
        server.of(WatchedResource.DEPLOYMENTS).seed("shop/d5", Objects.deployment("shop", "d5", "app:2"));
        var before = inventory.find(deployment("d5"));
        server.breakDown(false);

        await().untilAsserted(() -> {
            assertThat(inventory.find(deployment("d4"))).isNull();
            assertThat(inventory.find(deployment("d5"))).isNotEqualTo(before);
        });
        assertThat(inventory.size()).isEqualTo(9);
    }

    @Test
    void goesOnFromTheLastVersionWhenAWatchIsCut() throws InterruptedException {
        start();
        int lists = server.listsServed();

        server.cutWatches();
        server.of(WatchedResource.DEPLOYMENTS).put("shop/d6", Objects.deployment("shop", "d6", "app:2"));
        var before = inventory.find(deployment("d6"));

        await().untilAsserted(() -> assertThat(inventory.find(deployment("d6"))).isNotEqualTo(before));
        assertThat(server.listsServed()).as("nothing is listed again").isEqualTo(lists);
    }

    @Test
    void noticesAWatchThatWentSilent() throws InterruptedException {
        server.mute(true);
        start();
        int opened = server.watchesServed();

        server.mute(false);
        server.of(WatchedResource.DEPLOYMENTS).put("shop/late", Objects.deployment("shop", "late", "app:1"));

        await().untilAsserted(
                        () -> assertThat(inventory.find(deployment("late"))).isNotNull());
        assertThat(server.watchesServed()).isGreaterThan(opened);
    }

    @Test
    void goesOnWithoutWhatItMayNotReadAndTakesItUpOncePermitted() throws InterruptedException {
        server.forbid(WatchedResource.SECRETS, true);
        server.of(WatchedResource.SECRETS).seed("shop/db", Objects.secret("shop", "db"));
        start();
        assertThat(inventory.size()).isEqualTo(10);
        assertThat(watch.health().missingPermissions())
                .extracting(WatchHealth.MissingPermission::verb, WatchHealth.MissingPermission::resource)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("list", WatchedResource.SECRETS));

        server.forbid(WatchedResource.SECRETS, false);

        await().untilAsserted(() -> assertThat(inventory.size()).isEqualTo(11));
        assertThat(watch.health().missingPermissions()).isEmpty();
    }

    @Test
    void saysThatItsKnowledgeGrowsOldWhileTheServerFails() throws InterruptedException {
        start();

        server.breakDown(true);
        await().untilAsserted(() -> assertThat(watch.health().states().get(WatchedResource.PODS))
                .isInstanceOf(WatchHealth.State.Stale.class));
        assertThat(inventory.size()).isEqualTo(10);

        server.breakDown(false);
        await().untilAsserted(() -> assertThat(watch.health().states().get(WatchedResource.PODS))
                .isInstanceOf(WatchHealth.State.Following.class));
    }

    private static ObjectKey deployment(String name) {
        return new ObjectKey(ObjectType.WORKLOAD, "Deployment", "shop", name);
    }
}
