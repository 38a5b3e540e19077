package bulwark.central.change;

import bulwark.model.access.AccessScope;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// One caller that watches changes. The lock guards what has changed since it was last told.
public final class Watcher implements AutoCloseable {
    private final AccessScope scope;
    private final Consumer<Watcher> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noted = lock.newCondition();
    private final Set<Change.Kind> kinds = EnumSet.noneOf(Change.Kind.class);
    private final Set<String> clusterIds = new TreeSet<>();
    private boolean closed;

    Watcher(AccessScope scope, Consumer<Watcher> onClose) {
        this.scope = scope;
        this.onClose = onClose;
    }

    /// What changed since the last answer.
    public record Changes(Set<Change.Kind> kinds, Set<String> clusterIds) {
        public Changes {
            kinds = Set.copyOf(kinds);
            clusterIds = Set.copyOf(clusterIds);
        }

        public boolean isEmpty() {
            return kinds.isEmpty();
        }
    }

    void note(Change change) {
        if (!visible(change)) return;
        lock.lock();
        try {
            kinds.add(change.kind());
            if (!change.clusterId().isEmpty()) clusterIds.add(change.clusterId());
            noted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean visible(Change change) {
        return switch (change.kind()) {
            case ALERT, WORKLOAD ->
                change.clusterId().isEmpty() || scope.allows(change.clusterId(), change.namespace());
            case CLUSTER -> scope.allowsCluster(change.clusterId());
            case POLICY -> true;
            case NOTIFIER -> scope.equals(AccessScope.EVERYTHING);
        };
    }

    /// Waits for changes and takes them; empty when none came in time or the watcher was closed.
    public Changes await(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (kinds.isEmpty() && !closed && left > 0) left = noted.awaitNanos(left);
            var changes = new Changes(kinds, clusterIds);
            kinds.clear();
            clusterIds.clear();
            return changes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            noted.signalAll();
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
    }
}
