/// Benchmarks: each prints a table of what was measured beside its limit, and ends with status 1 where a limit is
/// passed.
@NullMarked
package bulwark.bench;

import org.jspecify.annotations.NullMarked;
