/// A PostgreSQL server of our own, started beside Central, kept alive, adopted when it was orphaned.
@NullMarked
package bulwark.store.postgres;

import org.jspecify.annotations.NullMarked;
