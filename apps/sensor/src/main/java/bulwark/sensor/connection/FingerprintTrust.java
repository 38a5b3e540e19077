package bulwark.sensor.connection;

import bulwark.base.tls.Certificates;
import bulwark.base.tls.SwappableTrustManager;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts a server whose chain ends in the one certificate authority of that fingerprint, and that this authority
/// vouches for by Java's own rules, names and times included. The server has to show the authority's certificate.
final class FingerprintTrust extends X509ExtendedTrustManager {
    private final String fingerprint;

    FingerprintTrust(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    private SwappableTrustManager trust(X509Certificate[] chain) throws CertificateException {
        for (X509Certificate certificate : chain) {
            if (Certificates.fingerprint(certificate).equals(fingerprint)) {
                return new SwappableTrustManager(List.of(certificate));
            }
        }
        String shown = chain.length == 0 ? "nothing" : Certificates.fingerprint(chain[chain.length - 1]);
        throw new CertificateException("Central shows an authority with the fingerprint " + shown
                + ", the registration is for " + fingerprint);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        trust(chain).checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        trust(chain).checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("a server is trusted only where its name can be checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no client is trusted by a fingerprint");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
