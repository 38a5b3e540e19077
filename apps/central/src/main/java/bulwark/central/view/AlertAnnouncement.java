package bulwark.central.view;

import bulwark.model.alert.Alert;

/// What the outbox is told when an alert changes, in the change's transaction, under [#TOPIC].
public record AlertAnnouncement(Event event, Alert alert) {
    public static final String TOPIC = "alert";

    /// What happened.
    public enum Event {
        OPENED,
        CHANGED,
        RESOLVED
    }
}
