/// What an evaluation means for the alerts that are open.
@NullMarked
package bulwark.policy.alert;

import org.jspecify.annotations.NullMarked;
