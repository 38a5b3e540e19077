package bulwark.central.sensor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The streams that Sensors have open with this Central, at most one of each kind for each cluster.
///
/// Which of several is the right one is decided by the epoch that the stream drew from the cluster's row: the highest
/// stays, whichever Central holds it.
public final class SensorConnections {
    /// What a stream is for.
    public enum Kind {
        CONTROL,
        INVENTORY
    }

    /// Why Central ends a stream.
    public enum Reason {
        REMOVED,
        REPLACED,
        SHUTDOWN,
        SILENT
    }

    /// An open stream as seen from outside of it.
    public interface Connection {
        UUID clusterId();

        Kind kind();

        long epoch();

        /// Ends the stream, telling the Sensor why.
        void end(Reason reason);
    }

    private record Place(UUID clusterId, Kind kind) {}

    private final Map<Place, Connection> open = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock(); // only for waiting until none is left
    private final Condition removed = lock.newCondition();

    /// Takes a new stream in and ends an older one of the same cluster and kind; where the one that is here is newer,
    /// the given one is ended.
    public void add(Connection connection) {
        var place = new Place(connection.clusterId(), connection.kind());
        var losing = new ArrayList<Connection>(1);
        open.compute(place, (_, present) -> {
            boolean newer = present == null || present.epoch() < connection.epoch();
            if (!newer) losing.add(connection);
            else if (present != null) losing.add(present);
            return newer ? connection : present;
        });
        for (Connection each : losing) each.end(Reason.REPLACED);
    }

    /// Forgets a stream that has ended; the last thing that a stream does.
    public void remove(Connection connection) {
        open.remove(new Place(connection.clusterId(), connection.kind()), connection);
        lock.lock();
        try {
            removed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until all streams have noted their end; false where some have not in time.
    boolean awaitNone(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (!open.isEmpty() && left > 0) left = removed.awaitNanos(left);
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// All streams that are open.
    public List<Connection> all() {
        return List.copyOf(open.values());
    }

    /// Ends every stream of a cluster.
    public void end(UUID clusterId, Reason reason) {
        for (Connection connection : all()) {
            if (connection.clusterId().equals(clusterId)) connection.end(reason);
        }
    }

    /// Ends every stream.
    public void endAll(Reason reason) {
        for (Connection connection : all()) connection.end(reason);
    }
}
