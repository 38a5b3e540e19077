package bulwark.base.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;

/// Questions that are asked of certificates and keys.
public final class Certificates {
    private Certificates() {}

    /// SHA-256 of the certificate, 64 lower-case hex digits: what people compare and registration secrets carry.
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The serial number as lower-case hex.
    public static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    /// A fresh key on the curve P-256.
    public static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /// Whether the private key is that of the certificate, by signing with one and verifying with the other.
    public static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm = key instanceof RSAKey
                ? "SHA256withRSA"
                : key.getAlgorithm().startsWith("Ed") ? key.getAlgorithm() : "SHA256withECDSA";
        byte[] sample = {1, 2, 3, 4};
        try {
            var sign = Signature.getInstance(algorithm);
            sign.initSign(key);
            sign.update(sample);
            byte[] signature = sign.sign();
            var verify = Signature.getInstance(algorithm);
            verify.initVerify(certificate.getPublicKey());
            verify.update(sample);
            return verify.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
