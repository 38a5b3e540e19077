package bulwark.sensor.fake;

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
import bulwark.wire.v1.Change;
import bulwark.wire.v1.InventoryGrpc;
import bulwark.wire.v1.SensorInventory;
import bulwark.wire.v1.SyncStart;
import bulwark.wire.v1.Wanted;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Central's side of Inventory with a map for a database. It breaks a stream whose batches are not numbered from 1
/// without gaps, and says what came. Its lock guards all of it.
public final class ContractInventory extends InventoryGrpc.InventoryImplBase {
    private final Map<ObjectKey, Stored> stored = new HashMap<>();
    private final List<Runnable> withheld = new ArrayList<>();
    private boolean keepsDocuments = true;
    private Runnable whenSyncBegins = () -> {};
    private boolean withholds;
    private long documents;
    private long deletes;
    private int syncs;
    private int syncsDone;
    private int mostOpen;
    private int open;

    /// A document as it is stored.
    public record Stored(long hash, ByteString json) {}

    /// Documents are counted but not kept, for a benchmark that must not measure them.
    public synchronized void keepHashesOnly() {
        keepsDocuments = false;
    }

    /// Stops to acknowledge, or acknowledges all that waits.
    public synchronized void withholdAcks(boolean hold) {
        withholds = hold;
        if (hold) return;
        withheld.forEach(Runnable::run);
        withheld.clear();
    }

    /// What is stored now.
    public synchronized Map<ObjectKey, Stored> stored() {
        return Map.copyOf(stored);
    }

    /// How many documents came since the start.
    public synchronized long documentsReceived() {
        return documents;
    }

    /// How many deletions came in batches.
    public synchronized long deletesReceived() {
        return deletes;
    }

    /// How many resyncs began.
    public synchronized int syncs() {
        return syncs;
    }

    /// Is run at the beginning of each resync.
    public synchronized void whenSyncBegins(Runnable listener) {
        whenSyncBegins = listener;
    }

    /// How many resyncs ended.
    public synchronized int syncsDone() {
        return syncsDone;
    }

    /// The most batches that were open at once.
    public synchronized int mostOpenBatches() {
        return mostOpen;
    }

    synchronized void forgetStreams() {
        withheld.clear();
        open = 0;
    }

    @Override
    public StreamObserver<SensorInventory> sync(StreamObserver<CentralInventory> responses) {
        return new Stream(responses);
    }

    private final class Stream implements StreamObserver<SensorInventory> {
        private final StreamObserver<CentralInventory> responses;
        private List<List<ObjectHash>> buckets = List.of();
        private long sequence;

        Stream(StreamObserver<CentralInventory> responses) {
            this.responses = responses;
        }

        @Override
        public void onNext(SensorInventory message) {
            synchronized (ContractInventory.this) {
                switch (message.getMessageCase()) {
                    case SYNC_START -> start(message.getSyncStart());
                    case BUCKET_KEYS -> keys(message.getBucketKeys());
                    case BATCH -> batch(message.getBatch());
                    case SYNC_DONE -> syncsDone++;
                    case MESSAGE_NOT_SET -> {}
                }
            }
        }

        private void start(SyncStart start) {
            syncs++;
            whenSyncBegins.run();
            var present = new ArrayList<ObjectHash>();
            stored.forEach((key, document) -> {
                if (!start.getUnreadKindsList().contains(key.kind())) present.add(new ObjectHash(key, document.hash()));
            });
            buckets = InventoryHashes.byBucket(present, start.getBucketCount());
            long[] mine = buckets.stream().mapToLong(InventoryHashes::ofBucket).toArray();
            long[] theirs = start.getBucketHashesList().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            responses.onNext(CentralInventory.newBuilder()
                    .setBucketsDiffer(BucketsDiffer.newBuilder()
                            .setGeneration(start.getGeneration())
                            .addAllBuckets(InventoryHashes.differing(mine, theirs)))
                    .build());
        }

        private void keys(BucketKeys keys) {
            List<ObjectHash> theirs = keys.getObjectsList().stream()
                    .map(each -> new ObjectHash(WireKeys.toModel(each.getKey()).orElseThrow(), each.getHash()))
                    .toList();
            BucketDifference difference = BucketDifference.between(theirs, buckets.get(keys.getBucket()));
            difference.gone().forEach(stored::remove);
            var wanted = Wanted.newBuilder().setGeneration(keys.getGeneration()).setBucket(keys.getBucket());
            for (ObjectKey key : difference.wanted()) wanted.addKeys(WireKeys.toMessage(key));
            responses.onNext(CentralInventory.newBuilder().setWanted(wanted).build());
        }

        private void batch(Batch batch) {
            if (batch.getSequence() != ++sequence) {
                responses.onError(Status.FAILED_PRECONDITION
                        .withDescription("expected batch " + sequence + ", got " + batch.getSequence())
                        .asException());
                return;
            }
            mostOpen = Math.max(mostOpen, ++open);
            for (Change change : batch.getChangesList()) apply(change);
            Runnable acknowledge = () -> {
                open--;
                responses.onNext(CentralInventory.newBuilder()
                        .setAck(Ack.newBuilder().setSequence(batch.getSequence()))
                        .build());
            };
            if (withholds) {
                withheld.add(acknowledge);
            } else {
                acknowledge.run();
            }
        }

        private void apply(Change change) {
            ObjectKey key = WireKeys.toModel(change.getKey()).orElseThrow();
            if (change.hasDelete()) {
                deletes++;
                stored.remove(key);
            } else {
                documents++;
                ByteString json = keepsDocuments ? change.getUpsert().getJson() : ByteString.EMPTY;
                stored.put(key, new Stored(change.getUpsert().getHash(), json));
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
            responses.onCompleted();
        }
    }
}
