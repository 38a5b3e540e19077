/// What was found: violations of policies and the alerts kept for them.
@NullMarked
package bulwark.model.alert;

import org.jspecify.annotations.NullMarked;
