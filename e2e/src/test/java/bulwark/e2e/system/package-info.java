/// The real parts that end-to-end tests start: a Kubernetes, Central, Sensors.
@NullMarked
package bulwark.e2e.system;

import org.jspecify.annotations.NullMarked;
