/// People who sign in with a password, and their sessions.
@NullMarked
package bulwark.central.session;

import org.jspecify.annotations.NullMarked;
