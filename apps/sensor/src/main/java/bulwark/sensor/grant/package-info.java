/// Gives Sensor a ServiceAccount with read-only permissions in a cluster that a person named, and takes it out again.
@NullMarked
package bulwark.sensor.grant;

import org.jspecify.annotations.NullMarked;
