/// A backup over the API.
@NullMarked
package bulwark.central.backup;

import org.jspecify.annotations.NullMarked;
