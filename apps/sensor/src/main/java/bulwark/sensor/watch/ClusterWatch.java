package bulwark.sensor.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/// Follows every resource of a cluster, each in a virtual thread of its own, until it is closed.
public final class ClusterWatch implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final WatchHealth health;

    public ClusterWatch(
            ApiServer server,
            List<WatchedResource> resources,
            ObjectSink sink,
            WatchLimits limits,
            RandomGenerator random) {
        this.health = new WatchHealth(resources);
        var lists = new Semaphore(limits.concurrentLists(), true);
        for (WatchedResource resource : resources) {
            var loop = new ResourceLoop(server, resource, sink, health, limits, lists, random);
            threads.add(Thread.ofVirtual().name("watch-" + resource.plural()).unstarted(loop));
        }
    }

    /// Begins to list and watch.
    public void start() {
        threads.forEach(Thread::start);
    }

    /// How each resource fares.
    public WatchHealth health() {
        return health;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
