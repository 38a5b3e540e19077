package bulwark.wire;

import java.util.List;

/// What a peer can do, by name: said in Hello and Welcome. A message that an old peer must not miss gets a name here,
/// and is sent only to who has said it.
public final class Capabilities {
    /// Keeps an inventory equal over the service Inventory.
    public static final String INVENTORY = "inventory";

    /// Asks for, or issues, the certificate that follows the present one over the service Control.
    public static final String CERTIFICATE_RENEWAL = "certificate-renewal";

    /// What this version can do, on either side.
    public static final List<String> ALL = List.of(INVENTORY, CERTIFICATE_RENEWAL);

    private Capabilities() {}
}
