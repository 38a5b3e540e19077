/// Kubernetes API objects, as files and the API server give them, into the records of the inventory.
@NullMarked
package bulwark.kubernetes;

import org.jspecify.annotations.NullMarked;
