/// Criteria about the workload as a whole.
@NullMarked
package bulwark.policy.criterion.workload;

import org.jspecify.annotations.NullMarked;
