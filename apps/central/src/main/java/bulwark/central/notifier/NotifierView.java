package bulwark.central.notifier;

import bulwark.model.policy.Severity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A notifier as the API shows it: without its secrets, with how many messages wait for it and how many were given up.
record NotifierView(
        String id,
        String name,
        String type,
        boolean enabled,
        Severity minimumSeverity,
        Map<String, String> settings,
        int pending,
        int failed,
        @Nullable Instant lastDeliveredAt,
        @Nullable String lastError) {
    NotifierView {
        settings = Map.copyOf(settings);
    }
}
