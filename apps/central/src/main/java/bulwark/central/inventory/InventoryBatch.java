package bulwark.central.inventory;

import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Changes of one cluster's objects that are stored together: each key at most once, the last word on it standing.
public record InventoryBatch(List<Stored> upserts, List<ObjectKey> deletes) {
    public InventoryBatch {
        upserts = List.copyOf(upserts);
        deletes = List.copyOf(deletes);
    }

    /// An object as it came: its key, the hash that its Sensor gave it, its JSON text and what the text says.
    public record Stored(ObjectKey key, long hash, String json, InventoryObject object) {}

    /// Whether there is nothing to store.
    public boolean isEmpty() {
        return upserts.isEmpty() && deletes.isEmpty();
    }

    /// How many keys it concerns.
    public int size() {
        return upserts.size() + deletes.size();
    }

    /// Collects changes in the order they came.
    public static final class Builder {
        private final Map<ObjectKey, Stored> upserts = new LinkedHashMap<>();
        private final Map<ObjectKey, ObjectKey> deletes = new LinkedHashMap<>();

        public Builder upsert(Stored stored) {
            deletes.remove(stored.key());
            upserts.put(stored.key(), stored);
            return this;
        }

        public Builder delete(ObjectKey key) {
            upserts.remove(key);
            deletes.put(key, key);
            return this;
        }

        public InventoryBatch build() {
            return new InventoryBatch(new ArrayList<>(upserts.values()), new ArrayList<>(deletes.values()));
        }
    }
}
