package bulwark.base.tls;

import java.time.Duration;
import java.util.List;

/// What a certificate is issued for: whom it names, what it may be used as, the hosts (names and addresses) that it
/// serves, and for how long.
public record Grant(Identity identity, Purpose purpose, List<String> hosts, Duration validity) {
    /// What the certificate may be used as.
    public enum Purpose {
        CLIENT,
        SERVER,
        BOTH
    }

    public Grant {
        hosts = List.copyOf(hosts);
        if (!validity.isPositive()) throw new IllegalArgumentException("a certificate needs a validity: " + validity);
    }

    /// For one who calls.
    public static Grant client(Identity identity, Duration validity) {
        return new Grant(identity, Purpose.CLIENT, List.of(), validity);
    }

    /// For one who is called by these names and addresses.
    public static Grant server(Identity identity, List<String> hosts, Duration validity) {
        return new Grant(identity, Purpose.SERVER, hosts, validity);
    }
}
