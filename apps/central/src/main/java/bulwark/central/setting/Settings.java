package bulwark.central.setting;

import bulwark.policy.PlatformNamespaces;
import java.util.List;

/// What holds for the whole of Central. `platformNamespaces` are patterns as [PlatformNamespaces] takes them; resolved
/// alerts and audit entries are deleted after so many days.
public record Settings(List<String> platformNamespaces, int resolvedAlertDays, int auditDays) {
    /// Before anybody changed them.
    public static final Settings USUAL = new Settings(PlatformNamespaces.USUAL, 90, 365);

    public Settings {
        platformNamespaces = List.copyOf(platformNamespaces);
    }
}
