package bulwark.sensor.connection;

import bulwark.wire.v1.Health;

/// What Sensor tells of itself when it connects and while it is connected.
public interface SensorState {
    /// Sensor's own version.
    String version();

    /// The version of the cluster's API server; empty where it is not known yet.
    String kubernetesVersion();

    /// The uid of the namespace kube-system; empty where it is not known yet.
    String clusterUid();

    /// How Sensor is now.
    Health health();

    /// Waits until every kind of object was listed once: a resync before that would delete what was not listed yet.
    void awaitListed() throws InterruptedException;
}
