package bulwark.base.tls;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Java's TLS contexts from our managers.
public final class TlsContexts {
    private TlsContexts() {}

    /// With a key to show, authorities to trust, or both; without trust a server asks for no client certificate and a
    /// client uses the authorities that Java brings.
    public static SSLContext of(@Nullable SwappableKeyManager key, @Nullable SwappableTrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    key == null ? null : new KeyManager[] {key},
                    trust == null ? null : new TrustManager[] {trust},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
