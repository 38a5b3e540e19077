package bulwark.sensor.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The objects of one resource with the versions that an API server gives them. An object is a function from its
/// version to its JSON, so that many need not be kept as text.
public final class FakeCollection {
    private static final int POLL_MILLIS = 500;

    private final TreeMap<String, Item> items = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private long version = 1000;
    private long forgotten;

    private record Item(long version, LongFunction<String> json) {}

    record Event(long version, String type, String json) {}

    record Page(long version, String next, List<String> items) {}

    /// Adds or changes an object; `name` orders the list.
    public synchronized void put(String name, LongFunction<String> json) {
        version++;
        boolean isNew = items.put(name, new Item(version, json)) == null;
        events.add(new Event(version, isNew ? "ADDED" : "MODIFIED", json.apply(version)));
        notifyAll();
    }

    /// Adds an object that no watch needs to hear of, since it is there before any.
    public synchronized void seed(String name, LongFunction<String> json) {
        version++;
        items.put(name, new Item(version, json));
        forgotten = version;
    }

    /// Deletes an object.
    public synchronized void delete(String name) {
        Item item = items.remove(name);
        if (item == null) throw new IllegalArgumentException("there is no " + name);
        version++;
        events.add(new Event(version, "DELETED", item.json().apply(version)));
        notifyAll();
    }

    /// Deletes an object so that no watch hears of it.
    public synchronized void deleteUnseen(String name) {
        if (items.remove(name) == null) throw new IllegalArgumentException("there is no " + name);
        version++;
        forget();
    }

    /// Forgets the events so far, as compaction does: a watch from before has to list anew.
    public synchronized void forget() {
        events.clear();
        forgotten = version;
        notifyAll();
    }

    /// Sends an event as it is, whatever its version says.
    public synchronized void replay(String type, String json) {
        version++;
        events.add(new Event(version, type, json));
        notifyAll();
    }

    /// Tells watchers how far they are.
    public synchronized void bookmark() {
        version++;
        events.add(new Event(version, "BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"" + version + "\"}}"));
        notifyAll();
    }

    synchronized Page page(String from, int limit) {
        var page = new ArrayList<String>();
        String last = "";
        var rest = from.isEmpty() ? items : items.tailMap(from, false);
        for (var entry : rest.entrySet()) {
            if (page.size() == limit) return new Page(version, last, page);
            page.add(entry.getValue().json().apply(entry.getValue().version()));
            last = entry.getKey();
        }
        return new Page(version, "", page);
    }

    synchronized @Nullable List<Event> after(long from) {
        if (from < forgotten) return null;
        return events.stream().filter(event -> event.version() > from).toList();
    }

    /// Waits for something new, or until the watcher should look whether it was cut.
    synchronized void await(long from) throws InterruptedException {
        long until = System.nanoTime() + POLL_MILLIS * 1_000_000L;
        while (version <= from && System.nanoTime() < until) wait(POLL_MILLIS);
    }

    synchronized void wake() {
        notifyAll();
    }

    /// How many objects there are.
    public synchronized int size() {
        return items.size();
    }
}
