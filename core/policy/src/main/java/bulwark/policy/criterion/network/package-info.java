/// Criteria about ports and how they can be reached.
@NullMarked
package bulwark.policy.criterion.network;

import org.jspecify.annotations.NullMarked;
