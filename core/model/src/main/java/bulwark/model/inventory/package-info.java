/// What a cluster holds: workloads, pods and the objects around them, projected from the Kubernetes API.
@NullMarked
package bulwark.model.inventory;

import org.jspecify.annotations.NullMarked;
