/// How a policy's values compare with what was found: patterns, comparisons, three-valued truth.
@NullMarked
package bulwark.policy.pattern;

import org.jspecify.annotations.NullMarked;
