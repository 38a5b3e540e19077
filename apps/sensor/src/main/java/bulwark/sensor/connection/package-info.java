/// How Sensor belongs to a Central: joining once, its certificate, and the streams that are kept open.
@NullMarked
package bulwark.sensor.connection;

import org.jspecify.annotations.NullMarked;
