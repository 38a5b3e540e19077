package bulwark.base.secret;

import bulwark.base.UserError;
import bulwark.base.tls.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets before they are stored: AES-256-GCM with a key from a file.
///
/// A sealed secret is one version byte, a 12-byte nonce, ciphertext and tag. What it belongs to (`purpose`, say
/// `notifier/<id>`) is authenticated with it, so that a sealed value cannot be moved to another row.
public final class SecretBox {
    private static final String PREFIX = "bulwark-key1";
    private static final String PASSPHRASE = "passphrase";
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    private SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// By what one key is told from another; it says nothing of the key, whose bits are random.
    public String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("bulwark key file".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The key under a passphrase, as one line `bulwark-key1.<salt>.<sealed>`, to be kept with what the key seals.
    public String underPassphrase(String passphrase) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        byte[] sealed = new SecretBox(Passwords.key(passphrase, salt)).seal(key.getEncoded(), PASSPHRASE);
        var encoder = Base64.getEncoder();
        return PREFIX + "." + encoder.encodeToString(salt) + "." + encoder.encodeToString(sealed);
    }

    /// Writes the key file that [#underPassphrase] took the key from; fails where the passphrase is another.
    public static void restore(String line, String passphrase, Path file) throws IOException, GeneralSecurityException {
        String[] parts = line.strip().split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(PREFIX)) throw new GeneralSecurityException("not a key: " + parts[0]);
        byte[] key;
        try {
            byte[] salt = Base64.getDecoder().decode(parts[1]);
            key = new SecretBox(Passwords.key(passphrase, salt))
                    .open(Base64.getDecoder().decode(parts[2]), PASSPHRASE);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not a key in base 64", e);
        }
        Pem.writeOwnerOnly(file, Base64.getEncoder().encodeToString(key) + "\n");
    }

    /// With the key in `file`, which is made, readable by its owner only, where there is none.
    public static SecretBox open(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[32];
            RANDOM.nextBytes(fresh);
            Pem.writeOwnerOnly(file, Base64.getEncoder().encodeToString(fresh) + "\n");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(Pem.read(file).strip());
        } catch (IllegalArgumentException _) {
            throw damaged(file, "it is something else");
        }
        if (key.length != 32) throw damaged(file, "it holds " + key.length + " bytes");
        return new SecretBox(key);
    }

    private static UserError damaged(Path file, String came) {
        return new UserError(
                "key file " + file,
                "32 bytes in base 64",
                came,
                "put back the key that sealed what is stored; another one cannot open it");
    }

    public byte[] seal(byte[] secret, String purpose) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(secret);
            return ByteBuffer.allocate(1 + NONCE + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /// Fails where the value was changed, sealed with another key or for another purpose.
    public byte[] open(byte[] sealed, String purpose) throws GeneralSecurityException {
        if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw new GeneralSecurityException("expected a sealed secret of version " + VERSION);
        }
        var buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        byte[] nonce = new byte[NONCE];
        buffer.get(nonce);
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        return cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(content);
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
