/// Tables and columns as Java names, made from the migrations at build.
@NullMarked
package bulwark.store.generate;

import org.jspecify.annotations.NullMarked;
