/// What a criterion is: how it describes itself, which values it takes, how it judges a part of a workload.
@NullMarked
package bulwark.policy.criterion;

import org.jspecify.annotations.NullMarked;
