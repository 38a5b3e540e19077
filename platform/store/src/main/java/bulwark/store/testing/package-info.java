/// For tests only: fresh databases in milliseconds.
@NullMarked
package bulwark.store.testing;

import org.jspecify.annotations.NullMarked;
