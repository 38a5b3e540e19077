/// Criteria about a volume as a container sees it.
@NullMarked
package bulwark.policy.criterion.volume;

import org.jspecify.annotations.NullMarked;
