package bulwark.sensor.watch;

import bulwark.kubernetes.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps up with one resource for as long as its thread is not interrupted: list, watch from the list's version, watch
/// again from the last version seen, and list anew where the server has forgotten that version.
final class ResourceLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ResourceLoop.class);

    private final ApiServer server;
    private final WatchedResource resource;
    private final ObjectSink sink;
    private final WatchHealth health;
    private final WatchLimits limits;
    private final Semaphore lists;
    private final RandomGenerator random;
    private String version = "";
    private String verb = "list";
    private Duration backoff;

    ResourceLoop(
            ApiServer server,
            WatchedResource resource,
            ObjectSink sink,
            WatchHealth health,
            WatchLimits limits,
            Semaphore lists,
            RandomGenerator random) {
        this.server = server;
        this.resource = resource;
        this.sink = sink;
        this.health = health;
        this.limits = limits;
        this.lists = lists;
        this.random = random;
        this.backoff = limits.firstBackoff();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Duration pause = step();
                if (!pause.isZero()) Thread.sleep(jittered(pause));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// One list or one watch; the answer is how long to wait before the next.
    private Duration step() throws InterruptedException {
        try {
            if (version.isEmpty()) {
                list();
            } else {
                watch();
            }
            return Duration.ZERO;
        } catch (ApiStatusException e) {
            return refused(e);
        } catch (IdleStream.SilentException e) {
            // a quiet server without bookmarks, or a connection that is gone: the next request will tell
            return verb.equals("watch") ? Duration.ZERO : failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(Reason.of(e));
        } catch (RuntimeException e) {
            log.atError().addKeyValue("resource", resource.plural()).setCause(e).log("objects could not be taken");
            version = "";
            return failed("internal error: " + e);
        }
    }

    private void list() throws IOException, InterruptedException {
        verb = "list";
        lists.acquire();
        try {
            Set<String> names = new HashSet<>();
            ApiServer.Page page = new ApiServer.Page("", "");
            do {
                page = server.list(resource, page.next(), (_, object) -> {
                    names.add(Versions.name(object));
                    sink.listed(resource, object);
                });
            } while (!page.next().isEmpty());
            sink.retainOnly(resource, names);
            version = page.version();
            health.following(resource);
            log.atDebug()
                    .addKeyValue("resource", resource.plural())
                    .addKeyValue("objects", names.size())
                    .log("listed");
        } finally {
            lists.release();
        }
    }

    private void watch() throws IOException, InterruptedException {
        verb = "watch";
        Duration timeout = jittered(limits.watchTimeout());
        long started = System.nanoTime();
        server.watch(resource, version, timeout, () -> health.following(resource), this::take);
        if (System.nanoTime() - started < limits.firstBackoff().toNanos()) {
            Thread.sleep(jittered(limits.firstBackoff())); // a server or proxy that ends each watch at once
        } else {
            backoff = limits.firstBackoff();
        }
    }

    private void take(String event, Tree.Mapping object) throws IOException {
        switch (event) {
            case "ADDED", "MODIFIED" -> sink.changed(resource, object);
            case "DELETED" -> sink.deleted(resource, object);
            case "BOOKMARK" -> {}
            case "ERROR" -> throw Versions.statusOf(object);
            default -> throw new IOException("unknown watch event " + event);
        }
        String seen = Versions.of(object);
        if (!seen.isEmpty()) version = seen;
        backoff = limits.firstBackoff();
    }

    private Duration refused(ApiStatusException e) {
        if (e.isGone()) {
            log.atDebug().addKeyValue("resource", resource.plural()).log("version forgotten, listing anew");
            version = "";
            return nextBackoff();
        }
        if (!e.isRefusal()) {
            Duration wait = failed(Reason.of(e));
            return wait.compareTo(e.retryAfter()) < 0 ? e.retryAfter() : wait;
        }
        version = "";
        if (!(health.states().get(resource) instanceof WatchHealth.State.Refused)) {
            log.atWarn()
                    .addKeyValue("resource", resource.qualifiedName())
                    .addKeyValue("verb", verb)
                    .addKeyValue("reason", e.getMessage())
                    .log(e.code() == 404 ? "the API server does not serve this kind" : "permission missing");
        }
        health.refused(resource, verb, e.code(), Reason.of(e));
        return limits.forbiddenRetry();
    }

    private Duration failed(String reason) {
        if (health.failed(resource, reason)) {
            log.atWarn()
                    .addKeyValue("resource", resource.plural())
                    .addKeyValue("verb", verb)
                    .addKeyValue("reason", reason)
                    .log("the API server cannot be followed, trying again");
        }
        return nextBackoff();
    }

    private Duration nextBackoff() {
        Duration wait = backoff;
        Duration doubled = backoff.multipliedBy(2);
        backoff = doubled.compareTo(limits.longestBackoff()) > 0 ? limits.longestBackoff() : doubled;
        return wait;
    }

    /// Between three quarters and five quarters, so that many loops and many Sensors do not come back at once.
    private Duration jittered(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * (0.75 + random.nextDouble() / 2)));
    }
}
