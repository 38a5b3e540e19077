package bulwark.central.notifier.plugin;

/// How telling went.
public sealed interface Delivery {
    /// The receiver said that it has the message.
    record Delivered(String answer) implements Delivery {}

    /// It did not arrive, or the receiver refused it; it is tried again.
    record Failed(String reason) implements Delivery {}
}
