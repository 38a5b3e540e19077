package bulwark.central.inventory;

import bulwark.central.sensor.SensorConnections;
import bulwark.central.sensor.SensorStream;
import bulwark.model.inventory.ObjectKey;
import bulwark.wire.BucketDifference;
import bulwark.wire.InventoryHashes;
import bulwark.wire.ObjectHash;
import bulwark.wire.WireKeys;
import bulwark.wire.v1.Ack;
import bulwark.wire.v1.Batch;
import bulwark.wire.v1.BucketKeys;
import bulwark.wire.v1.BucketsDiffer;
import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.KeyHash;
import bulwark.wire.v1.SensorInventory;
import bulwark.wire.v1.SyncDone;
import bulwark.wire.v1.SyncStart;
import bulwark.wire.v1.Wanted;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One cluster's Inventory stream: a sync, then changes as they happen. An Ack follows the commit. While a batch is
/// stored, the next one is read; batches are stored one after the other.
final class InventoryStream implements SensorStream.Handler<SensorInventory>, SensorConnections.Connection {
    private static final Logger log = LoggerFactory.getLogger(InventoryStream.class);
    private static final int MOST_UNREAD_KINDS = 100;

    private final SensorStream<SensorInventory, CentralInventory> stream;
    private final InventoryKeeper keeper;
    private final SensorConnections connections;
    private final BatchReader reader;
    // what is stored in each bucket that differs and has not been told of yet
    private final Map<Integer, List<ObjectHash>> differing = new HashMap<>();
    private volatile long epoch;
    private Set<String> unreadKinds = Set.of();
    private boolean syncing;
    private long generation;
    private int bucketCount;
    private long sequence;
    private long stored;
    // the batch that is being stored, while the next one is read
    private FutureTask<Boolean> storing = new FutureTask<>(() -> true);

    InventoryStream(
            SensorStream<SensorInventory, CentralInventory> stream,
            InventoryKeeper keeper,
            SensorConnections connections,
            BatchReader reader) {
        this.stream = stream;
        this.keeper = keeper;
        this.connections = connections;
        this.reader = reader;
        storing.run();
    }

    @Override
    public void opened() throws StatusException {
        Optional<Long> admitted = keeper.open(clusterId());
        if (admitted.isEmpty()) {
            throw new StatusException(
                    Status.PERMISSION_DENIED.withDescription("this cluster was removed from Central"));
        }
        epoch = admitted.get();
        connections.add(this);
    }

    @Override
    public void received(SensorInventory message) throws Exception {
        if (!message.hasBatch()) awaitStored();
        switch (message.getMessageCase()) {
            case SYNC_START -> start(message.getSyncStart());
            case BUCKET_KEYS -> compare(message.getBucketKeys());
            case BATCH -> store(message.getBatch());
            case SYNC_DONE -> done(message.getSyncDone());
            case MESSAGE_NOT_SET ->
                log.atDebug().addKeyValue("cluster", clusterId()).log("skipped a message of a newer version");
        }
    }

    private void start(SyncStart start) throws InterruptedException, StatusException {
        if (!InventoryHashes.isBucketCount(start.getBucketCount())
                || start.getBucketHashesCount() != start.getBucketCount()) {
            throw invalid("SyncStart: expected a power of two of buckets up to " + InventoryHashes.MOST_BUCKETS
                    + " and a hash for each, got " + start.getBucketCount() + " buckets and "
                    + start.getBucketHashesCount() + " hashes");
        }
        if (start.getUnreadKindsCount() > MOST_UNREAD_KINDS) {
            throw invalid("SyncStart: expected up to " + MOST_UNREAD_KINDS + " kinds that may not be read, got "
                    + start.getUnreadKindsCount());
        }
        mustOwn(keeper.beginSync(clusterId(), epoch));
        syncing = true;
        generation = start.getGeneration();
        bucketCount = start.getBucketCount();
        stored = 0;
        differing.clear();
        unreadKinds = Set.copyOf(start.getUnreadKindsList());
        var buckets = InventoryHashes.byBucket(readable(keeper.stored(clusterId())), bucketCount);
        var differ = BucketsDiffer.newBuilder().setGeneration(generation);
        for (int bucket = 0; bucket < bucketCount; bucket++) {
            if (InventoryHashes.ofBucket(buckets.get(bucket)) == start.getBucketHashes(bucket)) continue;
            differing.put(bucket, List.copyOf(buckets.get(bucket)));
            differ.addBuckets(bucket);
        }
        stream.send(CentralInventory.newBuilder().setBucketsDiffer(differ).build());
    }

    /// What the Sensor may read: of everything else it cannot say whether it is still there.
    private List<ObjectHash> readable(List<ObjectHash> objects) {
        if (unreadKinds.isEmpty()) return objects;
        return objects.stream()
                .filter(object -> !unreadKinds.contains(object.key().kind()))
                .toList();
    }

    private void compare(BucketKeys keys) throws InterruptedException, StatusException {
        if (keys.getGeneration() != generation) return;
        List<ObjectHash> here = differing.remove(keys.getBucket());
        if (here == null) {
            throw invalid("BucketKeys: bucket " + keys.getBucket() + " does not differ, or was told of before");
        }
        var theirs = new ArrayList<ObjectHash>(keys.getObjectsCount());
        for (KeyHash object : keys.getObjectsList()) {
            Optional<ObjectKey> key = WireKeys.toModel(object.getKey());
            if (key.isEmpty()) continue;
            if (InventoryHashes.bucket(key.get(), bucketCount) != keys.getBucket()) {
                throw invalid("BucketKeys: " + key.get() + " does not belong to bucket " + keys.getBucket());
            }
            theirs.add(new ObjectHash(key.get(), object.getHash()));
        }
        var difference = BucketDifference.between(readable(theirs), here);
        if (!difference.gone().isEmpty()) {
            mustOwn(keeper.store(clusterId(), epoch, new InventoryBatch(List.of(), difference.gone())));
        }
        var wanted = Wanted.newBuilder().setGeneration(generation).setBucket(keys.getBucket());
        for (ObjectKey key : difference.wanted()) wanted.addKeys(WireKeys.toMessage(key));
        stream.send(CentralInventory.newBuilder().setWanted(wanted).build());
    }

    private void store(Batch batch) throws Exception {
        if (generation == 0 && bucketCount == 0) throw invalid("a stream begins with a SyncStart, got a Batch");
        if (batch.getSequence() != sequence + 1) {
            throw invalid("Batch: expected sequence " + (sequence + 1) + ", got " + batch.getSequence());
        }
        InventoryBatch read = reader.read(clusterId(), batch);
        sequence = batch.getSequence();
        stored += read.size();
        awaitStored();
        long acknowledged = sequence;
        storing = new FutureTask<>(() -> store(read, acknowledged));
        Thread.ofVirtual().name("store " + clusterId()).start(storing);
    }

    /// Fails for whoever waits for it, and for the stream, where no other message may come.
    private boolean store(InventoryBatch batch, long acknowledged) throws Exception {
        try {
            mustOwn(keeper.store(clusterId(), epoch, batch));
            return stream.send(CentralInventory.newBuilder()
                    .setAck(Ack.newBuilder().setSequence(acknowledged))
                    .build());
        } catch (Exception e) {
            stream.fail(e);
            throw e;
        }
    }

    private void awaitStored() throws Exception {
        try {
            storing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void done(SyncDone done) throws StatusException {
        if (done.getGeneration() != generation || !syncing) return;
        if (done.getSequence() > sequence) {
            throw invalid("SyncDone: names batch " + done.getSequence() + ", the last one was " + sequence);
        }
        if (!differing.isEmpty()) {
            throw invalid("SyncDone: " + differing.size() + " buckets that differ were not told of");
        }
        mustOwn(keeper.endSync(clusterId(), epoch, stored));
        syncing = false;
        log.atInfo()
                .addKeyValue("cluster", clusterId())
                .addKeyValue("changed", stored)
                .log("a cluster's inventory is in step");
    }

    private static StatusException invalid(String problem) {
        return new StatusException(Status.INVALID_ARGUMENT.withDescription(problem));
    }

    private static void mustOwn(boolean owns) throws StatusException {
        if (!owns) {
            throw new StatusException(Status.ABORTED.withDescription(
                    "another stream of this cluster has opened, or the cluster was removed"));
        }
    }

    @Override
    public void finished() throws Exception {
        awaitStored();
    }

    @Override
    public void closed() {
        connections.remove(this);
    }

    @Override
    public UUID clusterId() {
        return stream.clusterId();
    }

    @Override
    public SensorConnections.Kind kind() {
        return SensorConnections.Kind.INVENTORY;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void end(SensorConnections.Reason reason) {
        stream.end(
                switch (reason) {
                    case REMOVED -> Status.PERMISSION_DENIED.withDescription("this cluster was removed from Central");
                    case REPLACED -> Status.ABORTED.withDescription("another stream of this cluster has opened");
                    case SHUTDOWN -> Status.UNAVAILABLE.withDescription("Central is stopping");
                    case SILENT -> Status.UNAVAILABLE.withDescription("nothing was heard for too long");
                },
                null);
    }
}
