/// The command `bulwark`.
@NullMarked
package bulwark.cli;

import org.jspecify.annotations.NullMarked;
