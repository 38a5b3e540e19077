/// Policies: compiled once, asked of every workload.
@NullMarked
package bulwark.policy;

import org.jspecify.annotations.NullMarked;
