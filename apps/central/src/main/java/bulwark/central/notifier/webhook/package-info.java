/// Telling any HTTP endpoint about alerts.
@NullMarked
package bulwark.central.notifier.webhook;

import org.jspecify.annotations.NullMarked;
