/// Alerts: lists, details, what people do with them, and their retention.
@NullMarked
package bulwark.central.alert;

import org.jspecify.annotations.NullMarked;
