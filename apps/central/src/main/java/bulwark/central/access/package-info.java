/// Who calls, and what a caller may do and see: roles, sessions, API tokens.
@NullMarked
package bulwark.central.access;

import org.jspecify.annotations.NullMarked;
