package bulwark.base.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts the given authorities only; they may be swapped while in use. Chain, time, purpose and host are checked by
/// Java's own PKIX manager.
public final class SwappableTrustManager extends X509ExtendedTrustManager {
    private volatile X509ExtendedTrustManager current;

    public SwappableTrustManager(List<X509Certificate> trusted) {
        this.current = managerFor(trusted);
    }

    public void swap(List<X509Certificate> trusted) {
        current = managerFor(trusted);
    }

    private static X509ExtendedTrustManager managerFor(List<X509Certificate> trusted) {
        if (trusted.isEmpty()) throw new IllegalArgumentException("trust needs at least one authority");
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) store.setCertificateEntry("authority-" + i, trusted.get(i));
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("trust could not be set up", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        current.checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        current.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket with) throws CertificateException {
        current.checkClientTrusted(chain, type, with);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket with) throws CertificateException {
        current.checkServerTrusted(chain, type, with);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine with) throws CertificateException {
        current.checkClientTrusted(chain, type, with);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine with) throws CertificateException {
        current.checkServerTrusted(chain, type, with);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current.getAcceptedIssuers();
    }
}
