package bulwark.central.cluster;

import bulwark.central.sensor.SensorConnections;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// Looks after the streams that are open with this Central: its rounds are run by loops of the assembly.
public final class SensorWatch {
    private final DSLContext db;
    private final ClusterChangeStore store = new ClusterChangeStore();
    private final SensorConnections connections;
    private final Authorities authorities;
    private final Duration heartbeat;
    private final InstantSource clock;
    private Instant lastBeat = Instant.EPOCH;

    public SensorWatch(
            DSLContext db,
            SensorConnections connections,
            Authorities authorities,
            Duration heartbeat,
            InstantSource clock) {
        this.db = db;
        this.connections = connections;
        this.authorities = authorities;
        this.heartbeat = heartbeat;
        this.clock = clock;
    }

    /// Every second: ends streams whose cluster was removed, or connected anew with another Central.
    public void checkOwnership() {
        var open = connections.all();
        Set<UUID> clusters = open.stream()
                .map(SensorConnections.Connection::clusterId)
                .collect(Collectors.toCollection(HashSet::new));
        if (clusters.isEmpty()) return;
        var epochs = store.epochs(db, clusters);
        for (var connection : open) {
            var present = epochs.get(connection.clusterId());
            if (present == null || present.removed()) {
                connection.end(SensorConnections.Reason.REMOVED);
            } else if (connection.epoch() < epochOf(present, connection.kind())) {
                connection.end(SensorConnections.Reason.REPLACED);
            }
        }
    }

    private static long epochOf(ClusterChangeStore.Epochs present, SensorConnections.Kind kind) {
        return switch (kind) {
            case CONTROL -> present.control();
            case INVENTORY -> present.inventory();
        };
    }

    /// Every heartbeat: pings, notes who was heard, and ends streams that have gone silent.
    public void beat() {
        Instant now = clock.instant();
        Instant dead = now.minus(heartbeat.multipliedBy(3));
        var heard = new HashSet<UUID>();
        for (var connection : connections.all()) {
            if (!(connection instanceof ControlStream control)) continue;
            if (control.heardAt().isBefore(dead)) {
                connections.end(control.clusterId(), SensorConnections.Reason.SILENT);
                continue;
            }
            control.ping();
            if (!control.heardAt().isBefore(lastBeat)) heard.add(control.clusterId());
        }
        lastBeat = now;
        if (!heard.isEmpty()) store.heard(db, heard, now);
    }

    /// Every few minutes: rotates authorities and renews Central's certificate where due, and tells Sensors.
    public void refreshAuthorities() throws IOException {
        if (!authorities.refresh()) return;
        for (var connection : connections.all()) {
            if (connection instanceof ControlStream control) control.tellAuthorities();
        }
    }
}
