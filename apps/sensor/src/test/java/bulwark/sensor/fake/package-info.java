/// Stand-ins for what Sensor talks to, for tests and benchmarks: an API server's lists and watches, and a Central that
/// keeps to the contract of the messages.
@NullMarked
package bulwark.sensor.fake;

import org.jspecify.annotations.NullMarked;
