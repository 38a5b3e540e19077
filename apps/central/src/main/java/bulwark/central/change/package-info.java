/// What changed just now, told to whoever watches.
@NullMarked
package bulwark.central.change;

import org.jspecify.annotations.NullMarked;
