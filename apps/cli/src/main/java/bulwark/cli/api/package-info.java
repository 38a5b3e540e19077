/// Talks to Central's API.
@NullMarked
package bulwark.cli.api;

import org.jspecify.annotations.NullMarked;
