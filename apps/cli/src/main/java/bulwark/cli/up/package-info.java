/// Runs Central, a local cluster and Sensor on this machine, and stops them again.
@NullMarked
package bulwark.cli.up;

import org.jspecify.annotations.NullMarked;
