package bulwark.central.change;

import bulwark.model.access.AccessScope;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/// Carries changes from those who commit them to those who watch, within this process. Post after the transaction has
/// committed. Posting never waits: watchers keep only which kinds and clusters changed.
public final class ChangeFeed {
    private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();

    public void post(Change change) {
        for (Watcher watcher : watchers) watcher.note(change);
    }

    /// Begins to watch what the scope lets see; close the watcher to end it.
    public Watcher watch(AccessScope scope) {
        var watcher = new Watcher(scope, watchers::remove);
        watchers.add(watcher);
        return watcher;
    }

    public int watcherCount() {
        return watchers.size();
    }
}
