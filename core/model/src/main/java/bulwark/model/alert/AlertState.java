package bulwark.model.alert;

/// Where an alert stands. A snoozed alert is open but kept quiet until a time.
public enum AlertState {
    OPEN,
    SNOOZED,
    RESOLVED
}
