package bulwark.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;

/// Where a server listens. Port 0 takes any that is free.
public sealed interface Listener {
    String name();

    String host();

    int port();

    /// Without TLS: on loopback addresses only, and only for requests that name this machine as loopback, so that no
    /// page of another origin reaches it by a name of its own that resolves here.
    record Loopback(String name, String host, int port) implements Listener {
        public Loopback {
            try {
                if (!InetAddress.getByName(host).isLoopbackAddress()) {
                    throw new IllegalArgumentException("http without TLS listens on loopback only, not on " + host);
                }
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("an address that cannot be found: " + host, e);
            }
        }
    }

    /// With TLS; certificates are swapped in the context's key manager. A client certificate is taken when it is shown
    /// and `asksForCertificate`, never required: the route decides.
    record Tls(String name, String host, int port, SSLContext context, boolean asksForCertificate)
            implements Listener {}
}
