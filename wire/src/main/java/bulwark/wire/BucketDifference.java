package bulwark.wire;

import bulwark.model.inventory.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// What Central must do to hold in one bucket what Sensor holds: ask for what it lacks or has otherwise, delete what
/// is gone. Both lists are in the order of the keys.
public record BucketDifference(List<ObjectKey> wanted, List<ObjectKey> gone) {
    public BucketDifference {
        wanted = List.copyOf(wanted);
        gone = List.copyOf(gone);
    }

    /// Compares what Sensor says it has with what Central has stored.
    public static BucketDifference between(List<ObjectHash> sensor, List<ObjectHash> central) {
        var stored = new HashMap<ObjectKey, Long>();
        for (ObjectHash object : central) {
            stored.put(object.key(), object.hash());
        }
        var wanted = new ArrayList<ObjectKey>();
        var present = new HashMap<ObjectKey, Long>();
        for (ObjectHash object : sensor) {
            Long hash = stored.get(object.key());
            boolean isNew = present.put(object.key(), object.hash()) == null;
            if (isNew && (hash == null || hash != object.hash())) wanted.add(object.key());
        }
        var gone = new ArrayList<ObjectKey>();
        for (ObjectKey key : stored.keySet()) {
            if (!present.containsKey(key)) gone.add(key);
        }
        wanted.sort(null);
        gone.sort(null);
        return new BucketDifference(wanted, gone);
    }
}
