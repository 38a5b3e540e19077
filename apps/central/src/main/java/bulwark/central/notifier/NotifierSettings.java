package bulwark.central.notifier;

import bulwark.model.policy.Severity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody wants a notifier to be; of the settings, secrets that are left out stay as they are.
record NotifierSettings(
        String name, String type, boolean enabled, @Nullable Severity minimumSeverity, Map<String, String> settings) {
    NotifierSettings {
        settings = Map.copyOf(settings);
    }

    Severity severity() {
        return minimumSeverity == null ? Severity.LOW : minimumSeverity;
    }
}
