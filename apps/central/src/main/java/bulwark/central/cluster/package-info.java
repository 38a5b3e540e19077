/// Clusters: how they register, join and leave, and the authority whose certificates they carry.
@NullMarked
package bulwark.central.cluster;

import org.jspecify.annotations.NullMarked;
