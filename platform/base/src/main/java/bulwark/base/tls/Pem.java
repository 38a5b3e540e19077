package bulwark.base.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// Keys and certificates as PEM text (RFC 7468) and as files.
public final class Pem {
    private static final int LARGEST = 1 << 20;

    private Pem() {}

    /// One certificate.
    public static String of(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate that cannot be written", e);
        }
    }

    /// Several certificates, in their order.
    public static String of(Collection<X509Certificate> certificates) {
        return String.join("", certificates.stream().map(Pem::of).toList());
    }

    /// The key, unencrypted, in PKCS #8.
    public static String of(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    static String text(String type, byte[] content) {
        var to = new StringWriter();
        try (var writer = new PemWriter(to)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return to.toString();
    }

    /// All certificates in the text, in its order; at least one.
    public static List<X509Certificate> certificates(String pem) throws IOException {
        var found = new ArrayList<X509Certificate>();
        var converter = new JcaX509CertificateConverter();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                if (each instanceof X509CertificateHolder holder) found.add(converter.getCertificate(holder));
            }
        } catch (GeneralSecurityException | RuntimeException | PEMException e) {
            throw new IOException("expected PEM certificates: " + e.getMessage(), e);
        }
        if (found.isEmpty()) throw new IOException("expected a PEM block CERTIFICATE, found none");
        return List.copyOf(found);
    }

    /// The first certificate in the text.
    public static X509Certificate certificate(String pem) throws IOException {
        return certificates(pem).getFirst();
    }

    /// The first private key in the text, in PKCS #8 or the older forms of OpenSSL.
    public static PrivateKey privateKey(String pem) throws IOException {
        var converter = new JcaPEMKeyConverter();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                if (each instanceof PrivateKeyInfo info) return converter.getPrivateKey(info);
                if (each instanceof PEMKeyPair pair) return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
        } catch (RuntimeException | PEMException e) {
            throw new IOException("expected a PEM private key that can be read", e);
        }
        throw new IOException("expected a PEM block PRIVATE KEY without a passphrase, found none");
    }

    /// Key and chain from two files, as an administrator gives them.
    public static KeyAndChain keyAndChain(Path key, Path chain) throws IOException {
        var read = new KeyAndChain(privateKey(read(key)), certificates(read(chain)));
        if (!Certificates.belongTogether(read.key(), read.certificate())) {
            throw new IOException(key + ": expected the key of the certificate in " + chain + ", it is another one");
        }
        return read;
    }

    /// A file of PEM, which is never large.
    public static String read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) throw new IOException(file + ": expected PEM of at most " + LARGEST + " bytes");
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    /// Writes a file that only its owner may read: whole, on disk, or not at all.
    public static void writeOwnerOnly(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException(file + ": expected a file in a folder");
        Path fresh = Files.createTempFile(
                folder,
                "." + file.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer content = StandardCharsets.UTF_8.encode(text);
                while (content.hasRemaining()) channel.write(content);
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// A power cut after this finds the file under its new name: what is sealed with a key must not outlive the key.
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
