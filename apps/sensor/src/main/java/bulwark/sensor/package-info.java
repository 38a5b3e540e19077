/// Sensor: watches one cluster read-only and keeps Central's copy of its inventory equal.
@NullMarked
package bulwark.sensor;

import org.jspecify.annotations.NullMarked;
