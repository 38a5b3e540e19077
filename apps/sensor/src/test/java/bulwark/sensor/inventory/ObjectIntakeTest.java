package bulwark.sensor.inventory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.Metrics;
import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import bulwark.sensor.fake.Objects;
import bulwark.sensor.watch.WatchedResource;
import bulwark.wire.Documents;
import bulwark.wire.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class ObjectIntakeTest {
    private static final ObjectKey POD = new ObjectKey(ObjectType.POD, "Pod", "shop", "web-1-a");

    private final Inventory inventory = new Inventory();
    private long nanos;
    private final ObjectIntake intake = new ObjectIntake(
            inventory, new byte[16], new InventoryCounters(Metrics.unseen()), Duration.ofSeconds(10), () -> nanos);

    @Test
    void findsTheDeploymentOfAPodWhicheverIsSeenFirst() {
        intake.changed(WatchedResource.PODS, tree(Objects.pod("shop", "web-1-a", "web-1", "node-1"), 5));
        assertThat(inventory.find(POD)).as("no wrong owner meanwhile").isNull();

        intake.changed(WatchedResource.REPLICA_SETS, tree(Objects.replicaSet("shop", "web-1", "web"), 6));

        assertThat(owner()).isEqualTo(workload("Deployment", "web"));
        assertThat(intake.heldPods()).isZero();
    }

    @Test
    void takesTheNearestKnownOwnerWhenTheNextDoesNotCome() {
        intake.changed(WatchedResource.PODS, tree(Objects.pod("shop", "web-1-a", "web-1", "node-1"), 5));
        nanos = Duration.ofSeconds(9).toNanos();
        intake.releaseHeld();
        assertThat(inventory.find(POD)).isNull();

        nanos = Duration.ofSeconds(10).toNanos();
        intake.releaseHeld();

        assertThat(owner()).isEqualTo(workload("ReplicaSet", "web-1"));
    }

    @Test
    void putsTheOwnerRightWhenItComesAfterTheWait() {
        intake.changed(WatchedResource.PODS, tree(Objects.pod("shop", "web-1-a", "web-1", "node-1"), 5));
        nanos = Duration.ofSeconds(10).toNanos();
        intake.releaseHeld();

        intake.changed(WatchedResource.REPLICA_SETS, tree(Objects.replicaSet("shop", "web-1", "web"), 6));

        assertThat(owner()).isEqualTo(workload("Deployment", "web"));
    }

    @Test
    void keepsTheOwnerOfAPodThatOutlivesItsReplicaSet() {
        intake.changed(WatchedResource.REPLICA_SETS, tree(Objects.replicaSet("shop", "web-1", "web"), 4));
        intake.changed(WatchedResource.PODS, tree(Objects.pod("shop", "web-1-a", "web-1", "node-1"), 5));

        intake.deleted(WatchedResource.REPLICA_SETS, tree(Objects.replicaSet("shop", "web-1", "web"), 6));
        intake.changed(WatchedResource.PODS, tree(Objects.pod("shop", "web-1-a", "web-1", "node-2"), 7));

        assertThat(owner()).isEqualTo(workload("Deployment", "web"));
    }

    @Test
    void keepsABarePodAsPodAndAsWorkload() {
        intake.changed(WatchedResource.PODS, tree(Objects.pod("shop", "web-1-a", "", "node-1"), 5));

        assertThat(inventory.find(POD)).isNotNull();
        assertThat(inventory.find(workload("Pod", "web-1-a"))).isNotNull();

        intake.deleted(WatchedResource.PODS, tree(Objects.pod("shop", "web-1-a", "", "node-1"), 6));

        assertThat(inventory.size()).isZero();
    }

    @Test
    void ignoresAnEventThatIsOlderThanWhatIsKnown() {
        intake.changed(WatchedResource.DEPLOYMENTS, tree(Objects.deployment("shop", "web", "app:2"), 9));
        long now = hash(workload("Deployment", "web"));

        intake.changed(WatchedResource.DEPLOYMENTS, tree(Objects.deployment("shop", "web", "app:1"), 8));
        intake.deleted(WatchedResource.DEPLOYMENTS, tree(Objects.deployment("shop", "web", "app:1"), 7));

        assertThat(hash(workload("Deployment", "web"))).isEqualTo(now);
    }

    @Test
    void believesAListEvenWhereItsVersionsWentBack() {
        intake.listed(WatchedResource.DEPLOYMENTS, tree(Objects.deployment("shop", "web", "app:2"), 9));
        long before = hash(workload("Deployment", "web"));

        intake.listed(WatchedResource.DEPLOYMENTS, tree(Objects.deployment("shop", "web", "app:1"), 3));

        assertThat(hash(workload("Deployment", "web"))).isNotEqualTo(before);
    }

    @Test
    void dropsWhatAListNoLongerHas() {
        intake.listed(WatchedResource.DEPLOYMENTS, tree(Objects.deployment("shop", "web", "app:1"), 3));
        intake.listed(WatchedResource.DEPLOYMENTS, tree(Objects.deployment("shop", "api", "app:1"), 4));

        intake.retainOnly(WatchedResource.DEPLOYMENTS, Set.of("shop/api"));

        assertThat(inventory.find(workload("Deployment", "web"))).isNull();
        assertThat(inventory.find(workload("Deployment", "api"))).isNotNull();
    }

    @Test
    void keepsOnlyTheMetadataOfASecret() {
        intake.listed(WatchedResource.SECRETS, tree(Objects.secret("shop", "db"), 3));

        var document = inventory.find(new ObjectKey(ObjectType.SECRET, "Secret", "shop", "db"));
        assertThat(document).isNotNull();
    }

    @Test
    void keepsAGeneratorsWorkloadWhileOneOfItsJobsIsLeft() {
        intake.changed(WatchedResource.JOBS, tree(job("backup-1"), 3));
        intake.changed(WatchedResource.JOBS, tree(job("backup-2"), 4));
        assertThat(inventory.size()).isEqualTo(1);

        intake.deleted(WatchedResource.JOBS, tree(job("backup-1"), 5));
        assertThat(inventory.find(workload("Job", "backup"))).isNotNull();

        intake.deleted(WatchedResource.JOBS, tree(job("backup-2"), 6));
        assertThat(inventory.size()).isZero();
    }

    private static LongFunction<String> job(String name) {
        return version -> """
            {"metadata":{"name":"%s","generateName":"backup-","namespace":"shop","uid":"u-%s","resourceVersion":"%d"},
            "spec":{"template":{"spec":{"containers":[{"name":"main","image":"app:1"}]}}}}""".formatted(name, name, version);
    }

    private ObjectKey owner() {
        var document = requireNonNull(inventory.find(POD));
        try {
            return new Documents()
                    .read(Pod.class, document.json().toByteArray())
                    .owner();
        } catch (MalformedFileException e) {
            throw new AssertionError(e);
        }
    }

    private long hash(ObjectKey key) {
        var document = inventory.find(key);
        return requireNonNull(document).hash();
    }

    private static ObjectKey workload(String kind, String name) {
        return new ObjectKey(ObjectType.WORKLOAD, kind, "shop", name);
    }

    private static Tree.Mapping tree(LongFunction<String> object, long version) {
        try {
            byte[] json = object.apply(version).getBytes(StandardCharsets.UTF_8);
            return (Tree.Mapping) new JsonTree(KubernetesLimits.DEFAULT).read("test", json);
        } catch (MalformedFileException e) {
            throw new AssertionError(e);
        }
    }
}
