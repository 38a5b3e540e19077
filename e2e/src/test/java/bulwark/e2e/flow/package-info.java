/// What must hold of the whole system.
@NullMarked
package bulwark.e2e.flow;

import org.jspecify.annotations.NullMarked;
