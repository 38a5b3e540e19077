package bulwark.central.view;

import bulwark.model.policy.Severity;
import java.util.Map;

/// Severities as numbers in columns, in their order.
public final class StoredSeverity {
    /// By name, as filters write them.
    public static final Map<String, Short> BY_NAME =
            Map.of("LOW", (short) 0, "MEDIUM", (short) 1, "HIGH", (short) 2, "CRITICAL", (short) 3);

    private StoredSeverity() {}

    public static short of(Severity severity) {
        return switch (severity) {
            case LOW -> 0;
            case MEDIUM -> 1;
            case HIGH -> 2;
            case CRITICAL -> 3;
        };
    }

    public static Severity severity(short stored) {
        return switch (stored) {
            case 0 -> Severity.LOW;
            case 1 -> Severity.MEDIUM;
            case 2 -> Severity.HIGH;
            case 3 -> Severity.CRITICAL;
            default -> throw new IllegalStateException("there is no severity " + stored);
        };
    }
}
