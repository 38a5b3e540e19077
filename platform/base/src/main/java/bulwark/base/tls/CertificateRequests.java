package bulwark.base.tls;

import java.io.IOException;
import java.security.KeyPair;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Requests for a certificate (PKCS #10). They carry the public key only: who it belongs to is decided by the one who
/// signs, from what it knows, and never read from the request.
public final class CertificateRequests {
    private CertificateRequests() {}

    /// A request for `key`, as PEM.
    public static String pem(KeyPair key) {
        try {
            var request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=bulwark"), key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
            return Pem.text("CERTIFICATE REQUEST", request.getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalArgumentException("a key that cannot sign its own request", e);
        }
    }
}
