/// What clusters hold: takes in what Sensors send and stores it.
@NullMarked
package bulwark.central.inventory;

import org.jspecify.annotations.NullMarked;
