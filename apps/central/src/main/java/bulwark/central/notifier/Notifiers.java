package bulwark.central.notifier;

import bulwark.central.notifier.plugin.Notifier;
import bulwark.central.notifier.webhook.WebhookNotifier;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Every notifier there is.
public final class Notifiers {
    public static final List<Notifier> ALL = List.of(new WebhookNotifier(InstantSource.system()));

    private Notifiers() {}

    /// The notifier of a type as the API names it.
    static Optional<Notifier> of(String type) {
        return ALL.stream()
                .filter(notifier -> notifier.type().type().equals(type))
                .findFirst();
    }
}
