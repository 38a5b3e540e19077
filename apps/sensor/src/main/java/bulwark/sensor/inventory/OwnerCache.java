package bulwark.sensor.inventory;

import bulwark.kubernetes.OwnerReference;
import bulwark.kubernetes.Owners;
import bulwark.kubernetes.Ownership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects between pods and their workloads (ReplicaSets, Jobs), and which pods hang on each. One that is deleted
/// is kept until its last pod is gone: a pod that still ends must not change its owner.
///
/// Its lock guards the map; lookups come from all watch threads.
final class OwnerCache implements Owners.Lookup {
    private record Key(String kind, String namespace, String name) {}

    /// That a pod hangs on an owner; one object for all pods of the owner.
    record Attachment(OwnerReference owner, String namespace) {
        private Key key() {
            return new Key(owner.kind(), namespace, owner.name());
        }

        /// A pod's ownership, as far as finding its workload needs it.
        Ownership ownershipOf(String pod) {
            return new Ownership("Pod", namespace, pod, "", "", List.of(owner));
        }
    }

    private static final class Entry {
        @Nullable
        Ownership ownership;

        @Nullable
        Attachment attachment;

        boolean deleted;
        Set<String> pods = Set.of();
    }

    private final Map<Key, Entry> entries = new HashMap<>();

    /// Whether objects of this kind can have an owner that is a workload.
    static boolean isBetween(String kind) {
        return kind.equals("ReplicaSet") || kind.equals("Job");
    }

    @Override
    public synchronized Optional<Ownership> find(String kind, String namespace, String name) {
        Entry entry = entries.get(new Key(kind, namespace, name));
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.ownership);
    }

    /// Keeps an owner; the answer is the pods that hang on it where it was not known or has other owners now.
    synchronized Set<String> put(Ownership ownership) {
        Entry entry = entries.computeIfAbsent(
                new Key(ownership.kind(), ownership.namespace(), ownership.name()), _ -> new Entry());
        Ownership before = entry.ownership;
        entry.ownership = ownership;
        entry.deleted = false;
        return ownership.equals(before) ? Set.of() : Set.copyOf(entry.pods);
    }

    /// An owner is gone.
    synchronized void delete(String kind, String namespace, String name) {
        var key = new Key(kind, namespace, name);
        Entry entry = entries.get(key);
        if (entry == null) return;
        entry.deleted = true;
        if (entry.pods.isEmpty()) entries.remove(key);
    }

    /// What a pod hangs on, where that is an owner of such a kind.
    static @Nullable Attachment attachment(Ownership pod) {
        for (OwnerReference owner : pod.owners()) {
            if (owner.controller() && isBetween(owner.kind()) && !owner.name().isEmpty()) {
                return new Attachment(owner, pod.namespace());
            }
        }
        return null;
    }

    /// Remembers that a pod (`namespace/name`) hangs on an owner; the answer is the same attachment, shared.
    synchronized Attachment attach(Attachment wanted, String pod) {
        Entry entry = entries.computeIfAbsent(wanted.key(), _ -> new Entry());
        Attachment known = entry.attachment;
        Attachment shared = known != null && known.equals(wanted) ? known : wanted;
        entry.attachment = shared;
        if (entry.pods.isEmpty()) {
            entry.pods = Set.of(pod);
        } else if (!entry.pods.contains(pod)) {
            if (!(entry.pods instanceof HashSet)) entry.pods = new HashSet<>(entry.pods);
            entry.pods.add(pod);
        }
        return shared;
    }

    /// A pod no longer hangs on an owner.
    synchronized void detach(Attachment attachment, String pod) {
        Key key = attachment.key();
        Entry entry = entries.get(key);
        if (entry == null) return;
        if (entry.pods instanceof HashSet) {
            entry.pods.remove(pod);
        } else if (entry.pods.contains(pod)) {
            entry.pods = Set.of();
        }
        if (entry.pods.isEmpty() && (entry.deleted || entry.ownership == null)) entries.remove(key);
    }

    /// How many owners are kept.
    synchronized int size() {
        return entries.size();
    }
}
