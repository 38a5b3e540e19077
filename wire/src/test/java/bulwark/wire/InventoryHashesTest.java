package bulwark.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InventoryHashesTest {
    @Test
    void putsKeysIntoTheSameBucketsInEveryVersion() {
        // computed once by an independent program from the description of the function
        assertThat(InventoryHashes.bucket(key("shop", "web"), 1024)).isEqualTo(82);
        assertThat(InventoryHashes.bucket(new ObjectKey(ObjectType.NODE, "Node", "", "node-1"), 65536))
                .isEqualTo(65163);
    }

    @Test
    void hashesBucketsAlikeInEveryVersion() {
        var objects = List.of(new ObjectHash(key("shop", "web"), 1), new ObjectHash(key("shop", "db"), -2));

        assertThat(InventoryHashes.ofBucket(objects)).isEqualTo(4279832964832573333L);
        assertThat(InventoryHashes.ofBucket(objects.reversed())).isEqualTo(4279832964832573333L);
        assertThat(InventoryHashes.ofBucket(List.of())).isZero();
    }

    @Test
    void hashesDocumentsAlikeInEveryVersionAndApartBySalt() {
        byte[] document = "{}".getBytes(UTF_8);

        assertThat(InventoryHashes.ofDocument("salt".getBytes(UTF_8), document)).isEqualTo(-2717664291548177456L);
        assertThat(InventoryHashes.ofDocument("other".getBytes(UTF_8), document))
                .isNotEqualTo(-2717664291548177456L);
    }

    @Test
    void spreadsTheNamesOfPodsEvenly() {
        int[] sizes = new int[1024];

        for (int i = 0; i < 32 * 1024; i++) {
            sizes[InventoryHashes.bucket(key("shop", "web-6d4cf56db6-" + Integer.toString(i, 36)), 1024)]++;
        }

        assertThat(Arrays.stream(sizes).max().orElseThrow()).isLessThan(64);
        assertThat(Arrays.stream(sizes).min().orElseThrow()).isGreaterThan(8);
    }

    @Test
    void refusesBucketCountsThatNoPeerMeans() {
        assertThat(InventoryHashes.bucketCount(0)).isEqualTo(64);
        assertThat(InventoryHashes.bucketCount(100_000)).isEqualTo(2048);
        assertThat(InventoryHashes.isBucketCount(0)).isFalse();
        assertThat(InventoryHashes.isBucketCount(96)).isFalse();
        assertThat(InventoryHashes.isBucketCount(Integer.MIN_VALUE)).isFalse();
        assertThatThrownBy(() -> InventoryHashes.bucket(key("a", "b"), 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesAnyTwoInventoriesEqual() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var sensor = inventory(random);
            var central = inventory(random);
            var mine = InventoryHashes.byBucket(hashes(sensor), 64);
            var theirs = InventoryHashes.byBucket(hashes(central), 64);

            var differing = InventoryHashes.differing(
                    InventoryHashes.ofBuckets(hashes(sensor), 64), InventoryHashes.ofBuckets(hashes(central), 64));
            for (int bucket : differing) {
                var difference = BucketDifference.between(mine.get(bucket), theirs.get(bucket));
                difference.gone().forEach(central::remove);
                difference.wanted().forEach(wanted -> central.put(wanted, sensor.get(wanted)));
            }

            assertThat(central).as("seed %s", seed).isEqualTo(sensor);
            assertThat(differing).isNotEmpty();
        }
    }

    @Test
    void findsNothingToDoBetweenEqualInventories() {
        var hashes = hashes(inventory(new Random(1)));
        var shuffled = new ArrayList<>(hashes);
        Collections.shuffle(shuffled, new Random(2));

        assertThat(InventoryHashes.differing(
                        InventoryHashes.ofBuckets(hashes, 128), InventoryHashes.ofBuckets(shuffled, 128)))
                .isEmpty();
    }

    @Test
    void keepsKeysThroughMessagesAndDropsThoseOfNewerTypes() {
        for (ObjectType type : ObjectType.values()) {
            var key = new ObjectKey(type, "Kind", "ns", "name");
            assertThat(WireKeys.toModel(WireKeys.toMessage(key))).contains(key);
        }
        var newer =
                WireKeys.toMessage(key("a", "b")).toBuilder().setTypeValue(99).build();
        assertThat(WireKeys.toModel(newer)).isEmpty();
        assertThat(WireKeys.toModel(bulwark.wire.v1.ObjectKey.getDefaultInstance()))
                .isEmpty();
    }

    private static Map<ObjectKey, Long> inventory(Random random) {
        var inventory = new HashMap<ObjectKey, Long>();
        for (int i = 0; i < 200; i++) {
            if (random.nextInt(10) > 0) inventory.put(key("ns" + i % 7, "w" + i), (long) random.nextInt(3));
        }
        return inventory;
    }

    private static List<ObjectHash> hashes(Map<ObjectKey, Long> inventory) {
        return inventory.entrySet().stream()
                .map(entry -> new ObjectHash(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ObjectKey key(String namespace, String name) {
        return new ObjectKey(ObjectType.WORKLOAD, "Deployment", namespace, name);
    }
}
