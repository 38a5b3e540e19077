/// Criteria about the image that a container names.
@NullMarked
package bulwark.policy.criterion.image;

import org.jspecify.annotations.NullMarked;
