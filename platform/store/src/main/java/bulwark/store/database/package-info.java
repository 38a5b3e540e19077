/// The way to a PostgreSQL database: connections, migrations, transactions, failures in few words.
@NullMarked
package bulwark.store.database;

import org.jspecify.annotations.NullMarked;
