/// What people and their monitoring are told of a Sensor.
@NullMarked
package bulwark.sensor.health;

import org.jspecify.annotations.NullMarked;
