/// What needs attention, in one answer.
@NullMarked
package bulwark.central.dashboard;

import org.jspecify.annotations.NullMarked;
