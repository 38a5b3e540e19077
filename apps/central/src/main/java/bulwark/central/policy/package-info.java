/// Policies in the database: listed, switched on and off, brought up to date with those that Bulwark ships.
@NullMarked
package bulwark.central.policy;

import org.jspecify.annotations.NullMarked;
