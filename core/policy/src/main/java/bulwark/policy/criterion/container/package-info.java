/// Criteria about one container.
@NullMarked
package bulwark.policy.criterion.container;

import org.jspecify.annotations.NullMarked;
