package bulwark.central.access;

import org.jspecify.annotations.Nullable;

/// What the audit log says of a change: who did what (the contract's operation) to which object (`policy NAME`), from
/// where. Never a secret.
public record Deed(
        String actor,
        String action,
        String object,
        @Nullable String detail,
        @Nullable String remoteAddress) {}
