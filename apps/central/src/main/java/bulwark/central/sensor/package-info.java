/// The port that Sensors speak to: TLS with certificates on both sides, who is calling, and who is connected.
@NullMarked
package bulwark.central.sensor;

import org.jspecify.annotations.NullMarked;
