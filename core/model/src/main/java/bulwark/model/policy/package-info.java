/// What a policy says: criteria, scope, exclusions and what it is for.
@NullMarked
package bulwark.model.policy;

import org.jspecify.annotations.NullMarked;
