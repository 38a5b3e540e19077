/// Messages that leave with the transaction that caused them, and things that one process does at a time.
@NullMarked
package bulwark.store.outbox;

import org.jspecify.annotations.NullMarked;
