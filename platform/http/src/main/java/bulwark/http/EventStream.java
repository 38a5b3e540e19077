package bulwark.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a server-sent event stream gets its events. It is asked again and again until the client is gone, the source
/// ends or the server stops.
public interface EventStream {
    /// One event: its name and its data as a JSON document.
    record Event(String name, Object data) {}

    /// The next event, or null where none came within `wait`.
    @Nullable
    Event next(Duration wait) throws InterruptedException;

    /// Whether there is nothing more to come, say because the caller's session has ended.
    default boolean hasEnded() {
        return false;
    }
}
