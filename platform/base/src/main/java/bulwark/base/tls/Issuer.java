package bulwark.base.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// One certificate authority: its self-signed certificate and the key that signs.
public record Issuer(X509Certificate certificate, PrivateKey key) {
    public Issuer {
        if (certificate.getBasicConstraints() < 0) {
            throw new IllegalArgumentException("not a certificate authority: " + certificate.getSubjectX500Principal());
        }
    }

    @Override
    public String toString() {
        return "Issuer[" + Certificates.fingerprint(certificate) + "]";
    }
}
