/// Keeps up with a cluster's API server: lists and watches every kind of object that the inventory holds.
@NullMarked
package bulwark.sensor.watch;

import org.jspecify.annotations.NullMarked;
