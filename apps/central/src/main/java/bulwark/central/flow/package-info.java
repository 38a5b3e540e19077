/// Joins the features: one class a data flow.
@NullMarked
package bulwark.central.flow;

import org.jspecify.annotations.NullMarked;
