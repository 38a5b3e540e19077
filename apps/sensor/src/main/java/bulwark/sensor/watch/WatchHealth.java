package bulwark.sensor.watch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// How well each resource is kept up with: what Central and people are shown. Its lock guards the map.
public final class WatchHealth {
    private final Map<WatchedResource, State> states = new EnumMap<>(WatchedResource.class);
    private final CountDownLatch settled;

    public WatchHealth(List<WatchedResource> resources) {
        for (WatchedResource resource : resources) states.put(resource, new State.Listing());
        this.settled = new CountDownLatch(resources.size());
    }

    /// How one resource fares.
    public sealed interface State {
        /// Its first list is not complete.
        record Listing() implements State {}

        /// Listed, and changes are followed.
        record Following() implements State {}

        /// Listed once; the server cannot be reached or answers with errors. What is known grows old.
        record Stale(String reason) implements State {}

        /// The first list failed so far.
        record Failing(String reason) implements State {}

        /// The server refuses: no permission, or it does not serve the kind.
        record Refused(String verb, int code, String reason) implements State {}
    }

    /// All states, in the order of [WatchedResource].
    public synchronized Map<WatchedResource, State> states() {
        return new EnumMap<>(states);
    }

    /// The permissions that are missing, as `list pods: the server's words`.
    public synchronized List<MissingPermission> missingPermissions() {
        var missing = new ArrayList<MissingPermission>();
        states.forEach((resource, state) -> {
            if (state instanceof State.Refused refused && refused.code() != 404) {
                missing.add(new MissingPermission(refused.verb(), resource, refused.reason()));
            }
        });
        return missing;
    }

    /// A permission that the API server refused.
    public record MissingPermission(String verb, WatchedResource resource, String reason) {}

    /// Waits until every resource was listed once or refused.
    public void awaitSettled() throws InterruptedException {
        settled.await();
    }

    /// Whether every resource was listed once or refused.
    public boolean isSettled() {
        return settled.getCount() == 0;
    }

    synchronized void following(WatchedResource resource) {
        put(resource, new State.Following());
    }

    synchronized void refused(WatchedResource resource, String verb, int code, String reason) {
        put(resource, new State.Refused(verb, code, reason));
    }

    /// Says whether this is news: the same failure again and again is told once.
    synchronized boolean failed(WatchedResource resource, String reason) {
        State before = states.get(resource);
        boolean fresh = before instanceof State.Listing || before instanceof State.Failing;
        State now = fresh ? new State.Failing(reason) : new State.Stale(reason);
        states.put(resource, now);
        return !now.equals(before);
    }

    private void put(WatchedResource resource, State state) {
        State before = states.put(resource, state);
        boolean wasSettled =
                before instanceof State.Following || before instanceof State.Stale || before instanceof State.Refused;
        if (!wasSettled) settled.countDown();
    }
}
