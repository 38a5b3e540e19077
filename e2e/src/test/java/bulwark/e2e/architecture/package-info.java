/// The rules of the house, held by tests.
@NullMarked
package bulwark.e2e.architecture;

import org.jspecify.annotations.NullMarked;
