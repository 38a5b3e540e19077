/// Central: assembly and entry.
@NullMarked
package bulwark.central;

import org.jspecify.annotations.NullMarked;
