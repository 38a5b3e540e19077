package bulwark.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The one line that Central shows when a cluster is added and a Sensor is given to join: where Central is, the
/// fingerprint of the CA that it must show (SHA-256, 64 hex digits), and the single-use secret.
///
/// Written `bulwark1.<base64url of the addresses, one a line>.<fingerprint>.<secret>`. A Sensor checks the CA first
/// and sends only [#secret()] in its `Join`, so that nobody in between learns it; Central keeps only that part's hash.
public record RegistrationLine(List<URI> addresses, String fingerprint, String secret) {
    private static final String PREFIX = "bulwark1";
    private static final int LONGEST = 4000;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,500}");

    public RegistrationLine {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) throw new IllegalArgumentException("a registration needs an address");
        for (URI address : addresses) {
            if (!"https".equals(address.getScheme()) || address.getHost() == null) {
                throw new IllegalArgumentException("a registration's addresses are https://host:port");
            }
        }
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
            throw new IllegalArgumentException("a registration's fingerprint is 64 lower-case hex digits");
        }
        if (!SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("a registration's secret is 16 or more characters of base64url");
        }
    }

    /// Reads a line; what is wrong is said without repeating the line, which is a secret.
    public static RegistrationLine parse(String line) {
        String text = line.strip();
        String[] parts = text.split("\\.", -1);
        if (text.length() > LONGEST || parts.length != 4 || !parts[0].equals(PREFIX)) {
            throw new IllegalArgumentException("a registration is one line that begins with " + PREFIX + ".");
        }
        String addresses;
        try {
            addresses = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("the registration's addresses are not base64url: is the line whole?");
        }
        return new RegistrationLine(
                Arrays.stream(addresses.split("\n", -1)).map(URI::create).toList(), parts[2], parts[3]);
    }

    /// The line, which is a secret.
    public String line() {
        String addresses =
                String.join("\n", this.addresses.stream().map(URI::toString).toList());
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(addresses.getBytes(StandardCharsets.UTF_8));
        return PREFIX + "." + encoded + "." + fingerprint + "." + secret;
    }

    @Override
    public String toString() {
        return "RegistrationLine[" + addresses + ", " + fingerprint + "]";
    }
}
