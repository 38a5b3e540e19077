package bulwark.sensor.inventory;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.KubernetesProjector;
import bulwark.kubernetes.Owners;
import bulwark.kubernetes.Projection;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.Pod;
import bulwark.sensor.inventory.OwnerCache.Attachment;
import bulwark.sensor.watch.ObjectSink;
import bulwark.sensor.watch.Versions;
import bulwark.sensor.watch.WatchedResource;
import bulwark.wire.Documents;
import bulwark.wire.InventoryHashes;
import com.google.protobuf.UnsafeByteOperations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what the API server says into documents of the [Inventory]: projects each object, finds each pod's workload,
/// and keeps of an object only its name, version and the keys of its documents.
///
/// A pod whose owner was not seen yet is held back until it is, or until `ownerWait` is over; then the nearest known
/// owner stands, and is put right when the owner comes after all. The lock is this object's; it guards everything but
/// the projection, which runs before it is taken.
public final class ObjectIntake implements ObjectSink {
    private static final Logger log = LoggerFactory.getLogger(ObjectIntake.class);

    private final Inventory inventory;
    private final byte[] salt;
    private final Documents documents = new Documents();
    private final InventoryCounters counters;
    private final Duration ownerWait;
    private final LongSupplier nanoTime;
    private final OwnerCache ownerCache = new OwnerCache();
    private final Owners owners = new Owners(ownerCache);
    private final KubernetesProjector projector = new KubernetesProjector(KubernetesLimits.DEFAULT, ownerCache);
    private final Map<WatchedResource, Map<String, Source>> sources = new EnumMap<>(WatchedResource.class);
    private final Map<ObjectKey, Set<String>> jobs = new HashMap<>();
    private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();

    /// What is kept of an object of the cluster.
    private static final class Source {
        long version;
        List<ObjectKey> keys = List.of();

        @Nullable
        Attachment attachment;

        @Nullable
        ObjectKey owner;
    }

    private record Held(Pod pod, long since) {}

    /// `salt` makes this Sensor's hashes its own; it has to stay the same for as long as Central knows the cluster.
    public ObjectIntake(
            Inventory inventory, byte[] salt, InventoryCounters counters, Duration ownerWait, LongSupplier nanoTime) {
        this.inventory = inventory;
        this.salt = salt.clone();
        this.counters = counters;
        this.ownerWait = ownerWait;
        this.nanoTime = nanoTime;
        for (WatchedResource resource : WatchedResource.values()) sources.put(resource, new HashMap<>());
    }

    @Override
    public void listed(WatchedResource resource, Tree.Mapping object) {
        take(resource, object);
    }

    @Override
    public void changed(WatchedResource resource, Tree.Mapping object) {
        if (!isOutdated(resource, object)) take(resource, object);
    }

    @Override
    public void deleted(WatchedResource resource, Tree.Mapping object) {
        if (isOutdated(resource, object)) return;
        synchronized (this) {
            forget(resource, Versions.name(object));
        }
    }

    @Override
    public synchronized void retainOnly(WatchedResource resource, Set<String> names) {
        var gone = new ArrayList<String>();
        for (String name : of(resource).keySet()) {
            if (!names.contains(name)) gone.add(name);
        }
        for (String name : gone) forget(resource, name);
    }

    /// Lets go of pods that have waited for their owner long enough.
    public synchronized void releaseHeld() {
        long now = nanoTime.getAsLong();
        var due = new ArrayList<String>();
        for (var entry : held.entrySet()) {
            if (now - entry.getValue().since() < ownerWait.toNanos()) break;
            due.add(entry.getKey());
        }
        for (String name : due) {
            counters.countOwnerUnknown();
            place(name, release(name), false);
        }
        if (held.isEmpty()) notifyAll();
    }

    private Pod release(String name) {
        Held pod = held.remove(name);
        if (pod == null) throw new IllegalStateException("not held: " + name);
        return pod.pod();
    }

    /// Waits until no pod is held back.
    public synchronized void awaitOwners() throws InterruptedException {
        while (!held.isEmpty()) wait();
    }

    /// How many pods wait for their owner.
    public synchronized int heldPods() {
        return held.size();
    }

    private synchronized boolean isOutdated(WatchedResource resource, Tree.Mapping object) {
        Source known = of(resource).get(Versions.name(object));
        long version = Versions.number(object);
        if (known == null || version == 0 || version >= known.version) return false;
        counters.countOutdated();
        return true;
    }

    private void take(WatchedResource resource, Tree.Mapping object) {
        counters.countTaken();
        Tree.Mapping plain = resource.isMetadataOnly() ? withoutKind(object) : object;
        switch (projector.project(plain, resource.apiVersion(), resource.kind())) {
            case Projection.Projected projected -> {
                if (!projected.problems().isEmpty()) {
                    counters.countIncomplete();
                    tellProblem(
                            resource, object, projected.problems().getFirst().message());
                }
                keep(resource, Versions.name(object), Versions.number(object), projected);
            }
            case Projection.Malformed malformed -> {
                counters.countMalformed();
                tellProblem(resource, object, malformed.problems().getFirst().message());
            }
            case Projection.UnknownKind unknown -> {
                counters.countMalformed();
                tellProblem(resource, object, "expected " + resource.kind() + ", got " + unknown.kind());
            }
        }
    }

    private static void tellProblem(WatchedResource resource, Tree.Mapping object, String problem) {
        log.atDebug()
                .addKeyValue("kind", resource.kind())
                .addKeyValue("object", Versions.name(object))
                .addKeyValue("problem", problem)
                .log("an object could not be read whole");
    }

    /// Metadata-only answers call their objects PartialObjectMetadata.
    private static Tree.Mapping withoutKind(Tree.Mapping object) {
        var entries = new LinkedHashMap<>(object.entries());
        entries.remove("kind");
        entries.remove("apiVersion");
        return new Tree.Mapping(entries, object.line(), object.column());
    }

    private synchronized void keep(
            WatchedResource resource, String name, long version, Projection.Projected projected) {
        Source source = of(resource).computeIfAbsent(name, _ -> new Source());
        source.version = version;
        List<ObjectKey> before = source.keys;
        source.keys = keys(projected.objects());
        for (ObjectKey key : before) {
            if (!source.keys.contains(key)) drop(resource, name, key);
        }
        for (InventoryObject object : projected.objects()) {
            switch (object) {
                case Pod pod -> {
                    attach(name, source, OwnerCache.attachment(projected.ownership()));
                    place(name, pod, true);
                }
                default -> put(resource, name, object);
            }
        }
        if (OwnerCache.isBetween(resource.kind())) {
            for (String pod : ownerCache.put(projected.ownership())) ownAnew(pod);
        }
    }

    private static List<ObjectKey> keys(List<InventoryObject> objects) {
        return switch (objects.size()) {
            case 0 -> List.of();
            case 1 -> List.of(objects.getFirst().key());
            default -> objects.stream().map(InventoryObject::key).toList();
        };
    }

    private void attach(String name, Source source, @Nullable Attachment attachment) {
        Attachment before = source.attachment;
        if (before != null && !before.equals(attachment)) {
            ownerCache.detach(before, name);
            source.owner = null;
        }
        source.attachment = attachment == null ? null : ownerCache.attach(attachment, name);
    }

    /// Puts a pod under its workload, or holds it back.
    private void place(String name, Pod pod, boolean mayWait) {
        Source source = of(WatchedResource.PODS).get(name);
        if (source == null) return;
        if (source.attachment == null) {
            held.remove(name);
            put(WatchedResource.PODS, name, pod);
            return;
        }
        Owners.Top top = owners.top(source.attachment.ownershipOf(pod.metadata().name()));
        if (!top.complete() && source.owner == null && mayWait) {
            Held before = held.get(name);
            held.put(name, new Held(pod, before == null ? nanoTime.getAsLong() : before.since()));
            return;
        }
        held.remove(name);
        ObjectKey owner = top.complete() || source.owner == null ? top.key() : source.owner;
        source.owner = owner;
        put(WatchedResource.PODS, name, owner.equals(pod.owner()) ? pod : withOwner(pod, owner));
    }

    /// A pod's owner was seen, or has an owner of its own now.
    private void ownAnew(String name) {
        Held waiting = held.get(name);
        if (waiting != null) {
            place(name, waiting.pod(), true);
            return;
        }
        Source source = of(WatchedResource.PODS).get(name);
        if (source == null || source.keys.isEmpty()) return;
        Inventory.Document document = inventory.find(source.keys.getFirst());
        if (document != null) place(name, podOf(document), true);
    }

    private static Pod withOwner(Pod pod, ObjectKey owner) {
        return new Pod(
                pod.metadata(), owner, pod.spec(), pod.phase(), pod.podIp(), pod.hostIp(), pod.containerStatuses());
    }

    /// Several Jobs that one generator made are one workload, whose document is that of the Job seen last.
    private void put(WatchedResource resource, String name, InventoryObject object) {
        if (resource == WatchedResource.JOBS) {
            jobs.computeIfAbsent(object.key(), _ -> new HashSet<>()).add(name);
        }
        inventory.put(object.key(), documentOf(object));
    }

    private void drop(WatchedResource resource, String name, ObjectKey key) {
        if (resource == WatchedResource.JOBS) {
            Set<String> others = jobs.get(key);
            if (others != null) {
                others.remove(name);
                if (!others.isEmpty()) return;
                jobs.remove(key);
            }
        }
        inventory.remove(key);
    }

    private void forget(WatchedResource resource, String name) {
        Source source = of(resource).remove(name);
        if (source == null) return;
        held.remove(name);
        for (ObjectKey key : source.keys) drop(resource, name, key);
        if (source.attachment != null) ownerCache.detach(source.attachment, name);
        if (OwnerCache.isBetween(resource.kind())) {
            int slash = name.indexOf('/');
            ownerCache.delete(resource.kind(), name.substring(0, slash), name.substring(slash + 1));
        }
    }

    private Inventory.Document documentOf(InventoryObject object) {
        byte[] json = documents.write((Record) object);
        // nobody else has the bytes, so they need no copy
        return new Inventory.Document(UnsafeByteOperations.unsafeWrap(json), InventoryHashes.ofDocument(salt, json));
    }

    private Pod podOf(Inventory.Document document) {
        try {
            return documents.read(Pod.class, document.json().toByteArray());
        } catch (MalformedFileException e) {
            throw new IllegalStateException("a document that this process wrote cannot be read", e);
        }
    }

    private Map<String, Source> of(WatchedResource resource) {
        Map<String, Source> names = sources.get(resource);
        if (names == null) throw new IllegalStateException("no map for " + resource);
        return names;
    }
}
