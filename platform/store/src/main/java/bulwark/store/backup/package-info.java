/// All rows in one file, and back, also into another major version of PostgreSQL.
@NullMarked
package bulwark.store.backup;

import org.jspecify.annotations.NullMarked;
