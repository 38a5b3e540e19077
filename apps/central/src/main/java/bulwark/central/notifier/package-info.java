/// Telling other systems about alerts.
@NullMarked
package bulwark.central.notifier;

import org.jspecify.annotations.NullMarked;
