package bulwark.wire;

import bulwark.model.inventory.ObjectKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How Sensor and Central find out where their inventories differ: objects are spread over buckets by their keys, and
/// a bucket's hash tells whether both sides hold the same in it. Both sides must compute alike in every version: what
/// is here never changes, but under a new protocol version.
public final class InventoryHashes {
    /// More buckets than this are refused.
    public static final int MOST_BUCKETS = 1 << 16;

    private static final int OBJECTS_PER_BUCKET = 32;
    private static final int FEWEST_BUCKETS = 64;
    private static final Comparator<ObjectHash> BY_KEY = Comparator.comparing(ObjectHash::key);

    private InventoryHashes() {}

    /// The hash of a document: the first 64 bits of SHA-256 over a salt and its canonical bytes. Without a salt that
    /// others cannot know, someone could prepare two objects of one hash and change one into the other unseen while
    /// Sensor is away; Sensor alone computes it, so the salt is its own.
    public static long ofDocument(byte[] salt, byte[] canonical) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(salt.length).array());
        digest.update(salt);
        digest.update(canonical);
        return first64(digest);
    }

    /// How many buckets serve that many objects: a power of two.
    public static int bucketCount(int objects) {
        int wanted = Math.clamp(objects / OBJECTS_PER_BUCKET, FEWEST_BUCKETS, MOST_BUCKETS);
        return Integer.highestOneBit(wanted);
    }

    /// Whether both sides can work with that many buckets.
    public static boolean isBucketCount(int count) {
        return count >= 1 && count <= MOST_BUCKETS && Integer.bitCount(count) == 1;
    }

    /// The bucket of a key, from 0: the low bits of FNV-1a over the parts of the key, mixed.
    public static int bucket(ObjectKey key, int bucketCount) {
        checkCount(bucketCount);
        long hash = 0xcbf29ce484222325L;
        hash = fnv(hash, key.type().name());
        hash = fnv(hash, key.namespace());
        hash = fnv(hash, key.kind());
        hash = fnv(hash, key.name());
        hash ^= hash >>> 32;
        hash *= 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 40) & (bucketCount - 1);
    }

    private static long fnv(long start, String part) {
        long hash = start;
        for (int i = 0; i < part.length(); i++) {
            hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
        }
        return (hash ^ 0xffff) * 0x100000001b3L; // no character of a name: ends a part
    }

    /// The hash of what one bucket holds, in whatever order it comes; 0 for nothing.
    public static long ofBucket(List<ObjectHash> objects) {
        if (objects.isEmpty()) return 0;
        var sorted = new ArrayList<>(objects);
        sorted.sort(BY_KEY);
        MessageDigest digest = sha256();
        for (ObjectHash object : sorted) {
            part(digest, object.key().type().name());
            part(digest, object.key().namespace());
            part(digest, object.key().kind());
            part(digest, object.key().name());
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(object.hash()).array());
        }
        return first64(digest);
    }

    /// The hash of every bucket of an inventory.
    public static long[] ofBuckets(Iterable<ObjectHash> objects, int bucketCount) {
        List<List<ObjectHash>> buckets = byBucket(objects, bucketCount);
        return buckets.stream().mapToLong(InventoryHashes::ofBucket).toArray();
    }

    /// The objects of an inventory, bucket by bucket.
    public static List<List<ObjectHash>> byBucket(Iterable<ObjectHash> objects, int bucketCount) {
        checkCount(bucketCount);
        var buckets = new ArrayList<List<ObjectHash>>(bucketCount);
        for (int i = 0; i < bucketCount; i++) {
            buckets.add(new ArrayList<>());
        }
        for (ObjectHash object : objects) {
            buckets.get(bucket(object.key(), bucketCount)).add(object);
        }
        return buckets;
    }

    /// The buckets in which two inventories differ.
    public static List<Integer> differing(long[] some, long[] others) {
        if (some.length != others.length) throw new IllegalArgumentException("both sides have the same buckets");
        var differing = new ArrayList<Integer>();
        for (int i = 0; i < some.length; i++) {
            if (some[i] != others[i]) differing.add(i);
        }
        return differing;
    }

    private static void checkCount(int bucketCount) {
        if (!isBucketCount(bucketCount)) {
            throw new IllegalArgumentException(
                    "buckets are a power of two up to " + MOST_BUCKETS + ", got: " + bucketCount);
        }
    }

    private static void part(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static long first64(MessageDigest digest) {
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
