package bulwark.central.change;

import bulwark.central.access.Request;
import bulwark.http.EventStream;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What changed, as server-sent events: at most one a second to each watcher.
public final class EventApi {
    private static final int MOST_WATCHERS = 500;
    private static final long PAUSE_MILLIS = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(30); // then the client comes again and is checked anew

    private final ChangeFeed feed;
    private final InstantSource clock;

    public EventApi(ChangeFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get(Request.API + "/events", "alert.read", this::events));
    }

    record Changed(List<String> kinds, List<String> clusterIds) {}

    private void events(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        if (feed.watcherCount() >= MOST_WATCHERS) throw Problem.unavailable("too many watch for events already");
        Instant end = clock.instant().plus(LONGEST);
        Instant expiry = request.caller().expiresAt();
        Instant last = expiry != null && expiry.isBefore(end) ? expiry : end;
        try (Watcher watcher = feed.watch(request.scope())) {
            exchange.events(new EventStream() {
                private long lastNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);

                @Override
                public @Nullable Event next(Duration wait) throws InterruptedException {
                    long early = PAUSE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNanos);
                    if (early > 0) {
                        TimeUnit.MILLISECONDS.sleep(Math.min(early, wait.toMillis()));
                        return null;
                    }
                    var changes = watcher.await(wait);
                    if (changes.isEmpty()) return null;
                    lastNanos = System.nanoTime();
                    return new Event(
                            "changed",
                            new Changed(
                                    changes.kinds().stream()
                                            .map(Change.Kind::text)
                                            .sorted()
                                            .toList(),
                                    changes.clusterIds().stream().sorted().toList()));
                }

                @Override
                public boolean hasEnded() {
                    return !clock.instant().isBefore(last);
                }
            });
        }
    }
}
