/// Workloads of all clusters, their pods and what could not be decided about them.
@NullMarked
package bulwark.central.workload;

import org.jspecify.annotations.NullMarked;
