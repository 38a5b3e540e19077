/// What the cluster holds now, as documents, and the stream that keeps Central's copy equal.
@NullMarked
package bulwark.sensor.inventory;

import org.jspecify.annotations.NullMarked;
