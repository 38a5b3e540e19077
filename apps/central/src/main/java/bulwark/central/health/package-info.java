/// How Central itself does: health, figures, version.
@NullMarked
package bulwark.central.health;

import org.jspecify.annotations.NullMarked;
