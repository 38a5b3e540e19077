/// Who may see what.
@NullMarked
package bulwark.model.access;

import org.jspecify.annotations.NullMarked;
