package bulwark.central.notifier.plugin;

import bulwark.model.alert.Alert;
import java.time.Instant;

/// What a notifier tells: something that happened to an alert. The id stays the same when it is told again, so that
/// receivers can leave out what they know.
public record Message(String id, Instant at, Event event, Alert alert) {
    /// Under which the outbox keeps messages, each written in the transaction of what it tells of.
    public static final String TOPIC = "alert";

    /// What happened.
    public enum Event {
        OPENED,
        CHANGED,
        RESOLVED,
        /// Nothing: somebody tries whether messages arrive; the alert is made up.
        TEST
    }
}
