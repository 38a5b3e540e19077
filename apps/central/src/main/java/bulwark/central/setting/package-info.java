/// What an administrator sets for the whole of Central.
@NullMarked
package bulwark.central.setting;

import org.jspecify.annotations.NullMarked;
