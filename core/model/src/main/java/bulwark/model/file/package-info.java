/// What can be wrong with files and messages that others wrote.
@NullMarked
package bulwark.model.file;

import org.jspecify.annotations.NullMarked;
