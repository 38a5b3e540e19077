/// Who changed what.
@NullMarked
package bulwark.central.audit;

import org.jspecify.annotations.NullMarked;
