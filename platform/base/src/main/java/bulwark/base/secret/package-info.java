/// Secrets at rest: sealed with a key file, passwords as memory-hard hashes.
@NullMarked
package bulwark.base.secret;

import org.jspecify.annotations.NullMarked;
