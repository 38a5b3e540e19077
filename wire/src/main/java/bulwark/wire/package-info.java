/// What crosses between processes: JSON documents, YAML manifests and the rules by which both sides compare
/// inventories.
@NullMarked
package bulwark.wire;

import org.jspecify.annotations.NullMarked;
