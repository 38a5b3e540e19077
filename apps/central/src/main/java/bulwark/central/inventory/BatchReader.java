package bulwark.central.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import bulwark.base.Metrics;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.ObjectKey;
import bulwark.wire.Documents;
import bulwark.wire.WireKeys;
import bulwark.wire.v1.Batch;
import bulwark.wire.v1.Change;
import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the changes of a batch. One that cannot be read is told of and left out, so that it does not keep the others
/// from being stored; what is stored of that object stays as it was, and the next sync asks for it again.
final class BatchReader {
    private static final Logger log = LoggerFactory.getLogger(BatchReader.class);

    private final Documents documents;
    private final Counter malformed;
    private final Counter unknown;

    BatchReader(Documents documents, Metrics metrics) {
        this.documents = documents;
        this.malformed = metrics.counter("bulwark.inventory.malformed");
        this.unknown = metrics.counter("bulwark.inventory.unknown");
    }

    InventoryBatch read(UUID clusterId, Batch message) {
        var batch = new InventoryBatch.Builder();
        for (Change change : message.getChangesList()) {
            Optional<ObjectKey> key = WireKeys.toModel(change.getKey());
            if (key.isEmpty()) {
                unknown.increment();
                continue;
            }
            switch (change.getChangeCase()) {
                case UPSERT -> upsert(clusterId, key.get(), change, batch);
                case DELETE -> batch.delete(key.get());
                case CHANGE_NOT_SET -> unknown.increment();
            }
        }
        return batch.build();
    }

    private void upsert(UUID clusterId, ObjectKey key, Change change, InventoryBatch.Builder batch) {
        byte[] json = change.getUpsert().getJson().toByteArray();
        try {
            InventoryObject object = documents.read(key.type(), json);
            if (!object.key().equals(key)) {
                throw new MalformedFileException(key.toString(), 0, "a document of that key, got " + object.key());
            }
            batch.upsert(new InventoryBatch.Stored(key, change.getUpsert().getHash(), new String(json, UTF_8), object));
        } catch (MalformedFileException e) {
            malformed.increment();
            log.atWarn()
                    .addKeyValue("cluster", clusterId)
                    .addKeyValue("object", key)
                    .addKeyValue("problem", e.getMessage())
                    .log("an object could not be read; the last state known of it stays");
        }
    }
}
