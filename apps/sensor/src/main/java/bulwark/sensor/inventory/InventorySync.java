package bulwark.sensor.inventory;

import bulwark.model.inventory.ObjectKey;
import bulwark.wire.InventoryHashes;
import bulwark.wire.ObjectHash;
import bulwark.wire.WireKeys;
import bulwark.wire.v1.Batch;
import bulwark.wire.v1.BucketKeys;
import bulwark.wire.v1.BucketsDiffer;
import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.Change;
import bulwark.wire.v1.Delete;
import bulwark.wire.v1.KeyHash;
import bulwark.wire.v1.SensorInventory;
import bulwark.wire.v1.SyncDone;
import bulwark.wire.v1.SyncStart;
import bulwark.wire.v1.Upsert;
import bulwark.wire.v1.Wanted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The order in which an inventory crosses one stream. Used by one thread; it neither blocks nor waits.
///
/// The inventory must track changes from before [#start]: what changes while the resync runs is then sent after it.
final class InventorySync {
    private static final Logger log = LoggerFactory.getLogger(InventorySync.class);
    private static final Duration LOOK_AT_PERMISSIONS = Duration.ofSeconds(10);

    private final Inventory inventory;
    private final InventoryLimits limits;
    private final Supplier<Set<String>> unreadKinds;
    private final Consumer<SensorInventory> send;
    private final Runnable whenSynced;
    private final LongSupplier nanoTime;

    private final ArrayDeque<Long> open = new ArrayDeque<>();
    private final ArrayDeque<Integer> bucketsToSend = new ArrayDeque<>();
    private final Map<Integer, List<ObjectHash>> objects = new HashMap<>();
    private final Set<Integer> unanswered = new HashSet<>();
    private final ArrayDeque<ObjectKey> wanted = new ArrayDeque<>();
    private Set<String> leftOut = Set.of();
    private boolean awaitsBuckets;
    private boolean live;
    private boolean toldSynced;
    private int bucketCount;
    private long generation;
    private long sequence;
    private long doneSequence;
    private long heardAt;
    private long lingerUntil;

    InventorySync(
            Inventory inventory,
            InventoryLimits limits,
            Supplier<Set<String>> unreadKinds,
            Consumer<SensorInventory> send,
            Runnable whenSynced,
            LongSupplier nanoTime) {
        this.inventory = inventory;
        this.limits = limits;
        this.unreadKinds = unreadKinds;
        this.send = send;
        this.whenSynced = whenSynced;
        this.nanoTime = nanoTime;
    }

    /// Sends the hash of every bucket, and which kinds are in none since they may not be read.
    void start() {
        generation++;
        bucketsToSend.clear();
        objects.clear();
        unanswered.clear();
        wanted.clear();
        awaitsBuckets = true;
        live = false;
        toldSynced = false;
        heardAt = nanoTime.getAsLong();
        leftOut = unreadKinds.get();
        List<ObjectHash> all = hashes();
        bucketCount = InventoryHashes.bucketCount(all.size());
        var start = SyncStart.newBuilder()
                .setGeneration(generation)
                .setBucketCount(bucketCount)
                .addAllUnreadKinds(new TreeSet<>(leftOut));
        for (long hash : InventoryHashes.ofBuckets(all, bucketCount)) start.addBucketHashes(hash);
        send.accept(SensorInventory.newBuilder().setSyncStart(start).build());
    }

    private List<ObjectHash> hashes() {
        List<ObjectHash> all = inventory.hashes();
        if (leftOut.isEmpty()) return all;
        return all.stream()
                .filter(object -> !leftOut.contains(object.key().kind()))
                .toList();
    }

    /// A message came from Central.
    void received(CentralInventory message) {
        heardAt = nanoTime.getAsLong();
        switch (message.getMessageCase()) {
            case BUCKETS_DIFFER -> differ(message.getBucketsDiffer());
            case WANTED -> wanted(message.getWanted());
            case ACK -> acknowledged(message.getAck().getSequence());
            case MESSAGE_NOT_SET -> log.atDebug().log("a message of a later version was skipped");
        }
    }

    private void differ(BucketsDiffer answer) {
        if (answer.getGeneration() != generation || !awaitsBuckets) return;
        awaitsBuckets = false;
        List<List<ObjectHash>> buckets = InventoryHashes.byBucket(hashes(), bucketCount);
        var differing = new HashSet<Integer>();
        for (int bucket : answer.getBucketsList()) {
            if (bucket >= 0 && bucket < bucketCount && differing.add(bucket)) {
                bucketsToSend.add(bucket);
                objects.put(bucket, buckets.get(bucket));
            }
        }
        log.atInfo()
                .addKeyValue("buckets", bucketCount)
                .addKeyValue("differ", differing.size())
                .log("resync began");
    }

    private void wanted(Wanted answer) {
        if (answer.getGeneration() != generation || !unanswered.remove(answer.getBucket())) return;
        for (var key : answer.getKeysList()) {
            WireKeys.toModel(key).ifPresent(wanted::add);
        }
    }

    private void acknowledged(long upTo) {
        while (!open.isEmpty() && open.peekFirst() <= upTo) open.removeFirst();
    }

    /// Something in the inventory changed, after nothing had.
    void changed() {
        lingerUntil = nanoTime.getAsLong() + limits.linger().toNanos();
    }

    /// Sends what may be sent now. Where a permission came or went since the last resync, another begins: only then
    /// does
    /// Central learn which of its objects of that kind are gone.
    void pump() {
        if (live && open.isEmpty() && !unreadKinds.get().equals(leftOut)) start();
        while (!awaitsBuckets
                && !bucketsToSend.isEmpty()
                && unanswered.size() < limits.openBuckets()
                && wanted.size() < limits.batchObjects() * limits.openBatches()) {
            sendBucket(bucketsToSend.removeFirst());
        }
        while (!wanted.isEmpty() && open.size() < limits.openBatches()) sendWanted();
        if (!live && !awaitsBuckets && bucketsToSend.isEmpty() && unanswered.isEmpty() && wanted.isEmpty()) {
            doneSequence = sequence;
            live = true;
            send.accept(SensorInventory.newBuilder()
                    .setSyncDone(SyncDone.newBuilder().setGeneration(generation).setSequence(sequence))
                    .build());
        }
        if (live && !toldSynced && (open.isEmpty() || open.peekFirst() > doneSequence)) {
            toldSynced = true;
            whenSynced.run();
        }
        while (live && open.size() < limits.openBatches() && isDue()) sendChanges();
    }

    private boolean isDue() {
        int waiting = inventory.waiting();
        return waiting >= limits.batchObjects() || (waiting > 0 && nanoTime.getAsLong() - lingerUntil >= 0);
    }

    private void sendBucket(int bucket) {
        unanswered.add(bucket);
        var message = BucketKeys.newBuilder().setGeneration(generation).setBucket(bucket);
        for (ObjectHash object : Objects.requireNonNullElse(objects.remove(bucket), List.<ObjectHash>of())) {
            message.addObjects(KeyHash.newBuilder()
                    .setKey(WireKeys.toMessage(object.key()))
                    .setHash(object.hash()));
        }
        send.accept(SensorInventory.newBuilder().setBucketKeys(message).build());
    }

    private void sendWanted() {
        var batch = Batch.newBuilder();
        long size = 0;
        while (!wanted.isEmpty() && batch.getChangesCount() < limits.batchObjects()) {
            ObjectKey key = wanted.getFirst();
            Inventory.Document known = inventory.find(key);
            size += known == null ? 0 : known.json().size();
            if (batch.getChangesCount() > 0 && size > limits.batchBytes()) break;
            wanted.removeFirst();
            batch.addChanges(change(key, inventory.takeNow(key)));
        }
        send(batch);
    }

    private void sendChanges() {
        var batch = Batch.newBuilder();
        for (Inventory.Change change : inventory.take(limits.batchObjects(), limits.batchBytes())) {
            batch.addChanges(change(change.key(), change.document()));
        }
        if (batch.getChangesCount() > 0) send(batch);
    }

    private void send(Batch.Builder batch) {
        sequence++;
        if (open.isEmpty()) heardAt = nanoTime.getAsLong();
        open.addLast(sequence);
        send.accept(SensorInventory.newBuilder()
                .setBatch(batch.setSequence(sequence))
                .build());
    }

    private static Change change(ObjectKey key, Inventory.@Nullable Document document) {
        var change = Change.newBuilder().setKey(WireKeys.toMessage(key));
        if (document == null)
            return change.setDelete(Delete.getDefaultInstance()).build();
        return change.setUpsert(Upsert.newBuilder().setHash(document.hash()).setJson(document.json()))
                .build();
    }

    private boolean awaitsCentral() {
        return awaitsBuckets || !unanswered.isEmpty() || !open.isEmpty();
    }

    /// Whether Central owes an answer and has been silent for too long.
    boolean isStalled() {
        return awaitsCentral()
                && nanoTime.getAsLong() - heardAt >= limits.stall().toNanos();
    }

    /// How long nothing has to be done unless something comes.
    long nanosToWait() {
        long now = nanoTime.getAsLong();
        long wait = Math.min(limits.stall().toNanos(), LOOK_AT_PERMISSIONS.toNanos());
        if (awaitsCentral()) wait = Math.min(wait, heardAt + limits.stall().toNanos() - now);
        if (live && open.size() < limits.openBatches() && inventory.waiting() > 0)
            wait = Math.min(wait, lingerUntil - now);
        return Math.max(0, wait);
    }
}
