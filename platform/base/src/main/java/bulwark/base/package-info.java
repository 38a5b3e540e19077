/// What every process needs whatever it does: failures told in one line, background loops, start and stop in order.
@NullMarked
package bulwark.base;

import org.jspecify.annotations.NullMarked;
