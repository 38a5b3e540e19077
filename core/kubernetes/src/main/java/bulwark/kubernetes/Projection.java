package bulwark.kubernetes;

import bulwark.model.inventory.InventoryObject;
import java.util.List;

/// What became of one Kubernetes object.
public sealed interface Projection {
    /// The object was read. `objects` are its inventory documents: usually one; two for a bare pod (the pod and the
    /// workload it is); none for a controller that another one made (the ReplicaSet of a Deployment).
    /// `ownerKnown` is false where a pod's owner could not be looked up to the top: project it again once it can.
    /// `problems` name fields that were left out.
    record Projected(List<InventoryObject> objects, Ownership ownership, boolean ownerKnown, List<Problem> problems)
            implements Projection {
        public Projected {
            objects = List.copyOf(objects);
            problems = List.copyOf(problems);
        }
    }

    /// A kind that the inventory does not hold.
    record UnknownKind(String apiVersion, String kind) implements Projection {}

    /// No object of its kind can be made of it.
    record Malformed(List<Problem> problems) implements Projection {
        public Malformed {
            problems = List.copyOf(problems);
        }
    }
}
