package bulwark.kubernetes;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the workload to which a pod or controller belongs.
///
/// Only the chains that Kubernetes' own controllers build are followed (pod to its controller, ReplicaSet to
/// Deployment, Job to CronJob): a custom resource above leaves the last of these on top, chains cannot be circular,
/// and a workload cannot hide behind another by naming it as owner.
public final class Owners {
    private final Lookup lookup;

    public Owners(Lookup lookup) {
        this.lookup = lookup;
    }

    /// Where the objects between a pod and its workload are found, usually a cache.
    @FunctionalInterface
    public interface Lookup {
        /// Knows no other object: a manifest stands for itself.
        Lookup NONE = (kind, namespace, name) -> Optional.empty();

        Optional<Ownership> find(String kind, String namespace, String name);
    }

    /// The workload found. `complete` is false where an object on the way is not known (not seen yet, or replaced by
    /// another of the same name): the key is then the best known.
    public record Top(ObjectKey key, boolean complete) {}

    /// Whether a controller of Kubernetes' own made this object, which then is no workload of its own.
    public static boolean isControlled(Ownership object) {
        return controller(object) != null;
    }

    /// The workload of an object.
    public Top top(Ownership object) {
        Ownership current = object;
        for (OwnerReference up = controller(current); up != null; up = controller(current)) {
            Optional<Ownership> found = lookup.find(up.kind(), object.namespace(), up.name());
            if (found.isEmpty() || isOther(found.get(), up)) {
                return new Top(key(up.kind(), object.namespace(), up.name()), isLast(up.kind()));
            }
            current = found.get();
        }
        return new Top(key(current.kind(), current.namespace(), workloadName(current)), true);
    }

    /// The name under which a workload is kept: its own, but for Jobs that nobody scheduled and that carry a generated
    /// name: these are one workload, named for the generator (`backup-` makes `backup`).
    public static String workloadName(Ownership object) {
        if (!object.kind().equals("Job") || object.generateName().isEmpty() || isControlled(object)) {
            return object.name();
        }
        int end = object.generateName().length();
        while (end > 0
                && (object.generateName().charAt(end - 1) == '-'
                        || object.generateName().charAt(end - 1) == '.')) {
            end--;
        }
        return end == 0 ? object.name() : object.generateName().substring(0, end);
    }

    private static @Nullable OwnerReference controller(Ownership object) {
        for (OwnerReference owner : object.owners()) {
            if (owner.controller() && !owner.name().isEmpty() && makes(owner, object.kind())) return owner;
        }
        return null;
    }

    private static boolean makes(OwnerReference owner, String kind) {
        String controller = owner.group() + "/" + owner.kind();
        return switch (kind) {
            case "Pod" ->
                switch (controller) {
                    case "apps/ReplicaSet",
                            "extensions/ReplicaSet",
                            "apps/StatefulSet",
                            "apps/DaemonSet",
                            "extensions/DaemonSet",
                            "batch/Job",
                            "/ReplicationController" -> true;
                    default -> false;
                };
            case "ReplicaSet" -> controller.equals("apps/Deployment") || controller.equals("extensions/Deployment");
            case "Job" -> controller.equals("batch/CronJob");
            default -> false;
        };
    }

    /// Nothing of Kubernetes' own stands above these, so there is nothing to look up.
    private static boolean isLast(String kind) {
        return !kind.equals("ReplicaSet") && !kind.equals("Job");
    }

    private static boolean isOther(Ownership found, OwnerReference wanted) {
        return !found.uid().isEmpty() && !wanted.uid().isEmpty() && !found.uid().equals(wanted.uid());
    }

    private static ObjectKey key(String kind, String namespace, String name) {
        return new ObjectKey(ObjectType.WORKLOAD, kind, namespace, name);
    }
}
