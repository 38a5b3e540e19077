/// API tokens of programs.
@NullMarked
package bulwark.central.token;

import org.jspecify.annotations.NullMarked;
