package bulwark.sensor.inventory;

import bulwark.model.inventory.ObjectKey;
import bulwark.wire.ObjectHash;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The documents of the cluster by key, and the keys that changed since they were last taken to be sent. Only the
/// newest state of a key counts, so a slow Central costs a key a change, never a document a change.
///
/// The lock is this object's; it guards the maps.
public final class Inventory {
    private final Map<ObjectKey, Document> documents = new HashMap<>();
    private final LinkedHashSet<ObjectKey> changed = new LinkedHashSet<>();
    private Runnable listener = () -> {};
    private boolean tracking;
    private long bytes;

    /// One document as it is sent. The hash names its content.
    public record Document(ByteString json, long hash) {}

    /// A key with the document that it has now; absent where the object is gone.
    record Change(ObjectKey key, @Nullable Document document) {}

    /// Keeps a document; the same content again is no change.
    public void put(ObjectKey key, Document document) {
        Runnable toTell;
        synchronized (this) {
            Document before = documents.put(key, document);
            if (before != null) bytes -= before.json().size();
            bytes += document.json().size();
            if (before != null && before.hash() == document.hash()) return;
            toTell = note(key);
        }
        toTell.run();
    }

    /// Forgets a document.
    public void remove(ObjectKey key) {
        Runnable toTell;
        synchronized (this) {
            Document before = documents.remove(key);
            if (before == null) return;
            bytes -= before.json().size();
            toTell = note(key);
        }
        toTell.run();
    }

    private Runnable note(ObjectKey key) {
        if (!tracking) return () -> {};
        boolean first = changed.isEmpty();
        changed.add(key);
        return first ? listener : () -> {};
    }

    /// The document of a key now.
    public synchronized @Nullable Document find(ObjectKey key) {
        return documents.get(key);
    }

    /// How many documents there are.
    public synchronized int size() {
        return documents.size();
    }

    /// How many bytes the documents have together.
    public synchronized long bytes() {
        return bytes;
    }

    /// How many keys wait to be sent.
    public synchronized int waiting() {
        return changed.size();
    }

    /// From now on changes are kept for [#take], beginning with none; `whenChanged` is called when the first one comes
    /// after there were none. It must not block.
    synchronized void track(Runnable whenChanged) {
        tracking = true;
        changed.clear();
        listener = whenChanged;
    }

    /// Changes are no longer kept: nobody is there to send them to.
    synchronized void untrack() {
        tracking = false;
        changed.clear();
        listener = () -> {};
    }

    /// The keys and hashes of all documents, at one moment.
    synchronized List<ObjectHash> hashes() {
        var hashes = new ArrayList<ObjectHash>(documents.size());
        documents.forEach((key, document) -> hashes.add(new ObjectHash(key, document.hash())));
        return hashes;
    }

    /// Takes changed keys, oldest first, with what they are now, as many as the limits allow (at least one).
    synchronized List<Change> take(int objects, int bytesLimit) {
        var taken = new ArrayList<Change>();
        long size = 0;
        for (var keys = changed.iterator(); keys.hasNext() && taken.size() < objects; ) {
            ObjectKey key = keys.next();
            Document document = documents.get(key);
            long length = document == null ? 0 : document.json().size();
            if (!taken.isEmpty() && size + length > bytesLimit) break;
            keys.remove();
            taken.add(new Change(key, document));
            size += length;
        }
        return taken;
    }

    /// The document of a key to be sent now, whose earlier changes then need not be sent any more.
    synchronized @Nullable Document takeNow(ObjectKey key) {
        changed.remove(key);
        return documents.get(key);
    }
}
