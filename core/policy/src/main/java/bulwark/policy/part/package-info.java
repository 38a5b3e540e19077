/// The parts of a workload that criteria look at, each with the path of its fields in the object.
@NullMarked
package bulwark.policy.part;

import org.jspecify.annotations.NullMarked;
