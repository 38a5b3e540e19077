/// Policies as StackRox exports and imports them: JSON of policy version 1.1.
@NullMarked
package bulwark.policy.json;

import org.jspecify.annotations.NullMarked;
