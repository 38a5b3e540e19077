/// Small things for tables: identifiers, rows in bulk, retention.
@NullMarked
package bulwark.store;

import org.jspecify.annotations.NullMarked;
