package bulwark.base.tls;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// Bulwark's own certificate authority. It is rotated with overlap: all of its issuers are trusted, the newest signs.
public final class CertificateAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final List<Issuer> issuers;

    /// With at least one issuer, in any order.
    public CertificateAuthority(List<Issuer> issuers) {
        if (issuers.isEmpty()) throw new IllegalArgumentException("an authority needs an issuer");
        this.issuers = issuers.stream()
                .sorted(Comparator.comparing(
                                (Issuer issuer) -> issuer.certificate().getNotBefore())
                        .reversed())
                .toList();
    }

    /// A new self-signed issuer; its name carries its serial, so that two of the same authority are told apart.
    public static Issuer newIssuer(String name, Instant now, Duration validity) {
        KeyPair key = Certificates.newKey();
        BigInteger serial = serial();
        var subject = new X500Principal("O=Bulwark,CN=" + name + " " + serial.toString(16));
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            subject, serial, from(now), Date.from(now.plus(validity)), subject, key.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
            return new Issuer(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), key.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a self-signed certificate could not be made", e);
        }
    }

    /// The authority with one more issuer; those whose time is over are let go.
    public CertificateAuthority with(Issuer issuer, Instant now) {
        var all = new ArrayList<Issuer>();
        all.add(issuer);
        for (Issuer each : issuers) {
            if (each.certificate().getNotAfter().toInstant().isAfter(now)) all.add(each);
        }
        return new CertificateAuthority(all);
    }

    /// The one that signs: the newest.
    public Issuer signing() {
        return issuers.getFirst();
    }

    public List<Issuer> issuers() {
        return issuers;
    }

    /// What to trust, newest first.
    public List<X509Certificate> trusted() {
        return issuers.stream().map(Issuer::certificate).toList();
    }

    /// A certificate for the key of a request (PEM). Names in the request are not looked at: `grant` says them.
    public X509Certificate issue(String requestPem, Grant grant, Instant now) throws IOException {
        return issue(keyOf(requestPem), grant, now);
    }

    /// A key and certificate of our own.
    public KeyAndChain issue(Grant grant, Instant now) {
        KeyPair key = Certificates.newKey();
        return new KeyAndChain(key.getPrivate(), List.of(issue(key.getPublic(), grant, now)));
    }

    private X509Certificate issue(PublicKey key, Grant grant, Instant now) {
        Issuer issuer = signing();
        Identity identity = grant.identity();
        Instant end = now.plus(grant.validity());
        Instant issuerEnd = issuer.certificate().getNotAfter().toInstant();
        try {
            var extensions = new JcaX509ExtensionUtils();
            var builder = new JcaX509v3CertificateBuilder(
                            issuer.certificate(),
                            serial(),
                            from(now),
                            Date.from(end.isBefore(issuerEnd) ? end : issuerEnd),
                            new X500Principal("O=Bulwark,OU=" + identity.role() + ",CN=" + identity.id()),
                            key)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, purposes(grant))
                    .addExtension(Extension.subjectAlternativeName, false, names(grant))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions.createAuthorityKeyIdentifier(
                                    issuer.certificate().getPublicKey()));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.key());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate could not be issued for " + identity, e);
        }
    }

    private static ExtendedKeyUsage purposes(Grant grant) {
        return switch (grant.purpose()) {
            case CLIENT -> new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
            case SERVER -> new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
            case BOTH ->
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
        };
    }

    private static GeneralNames names(Grant grant) {
        var names = new ArrayList<GeneralName>();
        names.add(new GeneralName(
                GeneralName.uniformResourceIdentifier, grant.identity().uri().toString()));
        for (String host : grant.hosts()) {
            boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static PublicKey keyOf(String requestPem) throws IOException {
        if (requestPem.length() > 16_384) throw new IOException("expected a certificate request of at most 16 KiB");
        try (var parser = new PEMParser(new StringReader(requestPem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest read)) {
                throw new IOException("expected a PEM block CERTIFICATE REQUEST");
            }
            var request = new JcaPKCS10CertificationRequest(read);
            PublicKey key = request.getPublicKey();
            boolean strong = (key instanceof ECPublicKey ec
                            && ec.getParams().getCurve().getField().getFieldSize() >= 256)
                    || (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= 2048);
            if (!strong) throw new IOException("expected a key on P-256 or larger, or RSA of 2048 bits or more");
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IOException("expected a certificate request that is signed with its own key");
            }
            return key;
        } catch (GeneralSecurityException | OperatorCreationException | PKCSException | RuntimeException e) {
            throw new IOException("expected a certificate request that can be read", e);
        }
    }

    /// Saves all issuers, each its certificate and then its key, in one file that only its owner may read.
    public void save(Path file) throws IOException {
        var text = new StringBuilder();
        for (Issuer issuer : issuers) text.append(Pem.of(issuer.certificate())).append(Pem.of(issuer.key()));
        Pem.writeOwnerOnly(file, text.toString());
    }

    /// Reads what [#save] wrote.
    public static CertificateAuthority load(Path file) throws IOException {
        var issuers = new ArrayList<Issuer>();
        for (String block : Pem.read(file).split("(?=-----BEGIN CERTIFICATE-----)", -1)) {
            if (!block.isBlank()) issuers.add(new Issuer(Pem.certificate(block), Pem.privateKey(block)));
        }
        if (issuers.isEmpty()) throw new IOException(file + ": expected certificates with their keys, found none");
        return new CertificateAuthority(issuers);
    }

    private static Date from(Instant now) {
        return Date.from(now.minus(CLOCKS_DIFFER));
    }

    private static BigInteger serial() {
        return new BigInteger(126, RANDOM).setBit(126); // positive, at most 20 octets, 126 random bits
    }
}
