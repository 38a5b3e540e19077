package bulwark.base.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Passwords as Argon2id hashes (RFC 9106) in the usual text form `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`: the
/// parameters stand with the hash, so that they can be raised later.
public final class Passwords {
    // OWASP's first choice for servers; one check takes some tens of milliseconds and 19 MiB
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int HASH = 32;
    private static final int LONGEST = 1024;
    private static final Pattern STORED = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final SecureRandom RANDOM = new SecureRandom();
    // without letters and digits that are mistaken for one another
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private Passwords() {}

    /// The text to be stored for a password, with a salt of its own.
    public static String hash(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        var encoder = Base64.getEncoder().withoutPadding();
        byte[] hash = argon2(password, salt, MEMORY_KIB, ITERATIONS, LANES, HASH);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + LANES + "$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }

    /// Whether this is the password; takes the same time for any wrong one.
    public static boolean matches(String password, String stored) {
        Matcher parts = STORED.matcher(stored);
        if (!parts.matches()) throw new IllegalArgumentException("expected a stored argon2id hash");
        if (password.length() > LONGEST) return false;
        var decoder = Base64.getDecoder();
        byte[] expected = decoder.decode(parts.group(5));
        byte[] came = argon2(
                password,
                decoder.decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, came);
    }

    /// Whether a stored hash was made with other parameters than today's, so that it is to be made anew at the next
    /// login.
    public static boolean isOutdated(String stored) {
        return !stored.startsWith("$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + LANES + "$");
    }

    /// A random password that can be typed: 20 characters, 115 bits.
    public static String generate() {
        var password = new StringBuilder();
        for (int i = 0; i < 20; i++) password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        return password.toString();
    }

    /// A key of 32 bytes from a passphrase that may be guessed at without limit: three times the memory of a login.
    static byte[] key(String passphrase, byte[] salt) {
        return argon2(passphrase, salt, 3 * MEMORY_KIB, ITERATIONS, LANES, HASH);
    }

    private static byte[] argon2(String password, byte[] salt, int memory, int iterations, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
