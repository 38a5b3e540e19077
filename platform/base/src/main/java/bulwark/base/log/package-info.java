/// How log lines look and where they go.
@NullMarked
package bulwark.base.log;

import org.jspecify.annotations.NullMarked;
