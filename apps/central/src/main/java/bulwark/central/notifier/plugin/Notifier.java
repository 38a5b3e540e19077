package bulwark.central.notifier.plugin;

import java.util.List;
import java.util.Map;

/// A way to tell another system about alerts. A new one is a file with this interface and a line in `Notifiers.ALL`;
/// the settings form, their check and the API's list of types read its description.
public interface Notifier {
    NotifierType type();

    /// What is wrong with settings whose required ones are all there; empty where nothing is.
    List<Fault> check(Map<String, String> settings);

    /// Tells of one thing that happened; called again later where it fails.
    Delivery deliver(Message message, Map<String, String> settings) throws InterruptedException;

    /// Something wrong with one setting.
    record Fault(String setting, String message) {}
}
