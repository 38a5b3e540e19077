package bulwark.sensor.connection;

import bulwark.base.UserError;
import bulwark.base.tls.CertificateRequests;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.wire.RegistrationLine;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Joins a Central: makes a key here, and has its certificate signed in exchange for the registration's secret, which
/// is sent only to a server that the registration's CA vouches for.
public final class JoinClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int LARGEST = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final String sensorVersion;

    public JoinClient(String sensorVersion) {
        this.sensorVersion = sensorVersion;
    }

    /// The hash by which a registration is remembered.
    public static String hash(RegistrationLine registration) {
        try {
            byte[] secret = registration.secret().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Tries the addresses in turn; an [IOException] says that none could be reached and that trying again may help,
    /// a [UserError] that it will not.
    public SensorIdentity join(RegistrationLine registration, List<URI> addresses)
            throws IOException, InterruptedException {
        IOException last = null;
        for (URI address : addresses) {
            try {
                return join(registration, address, addresses);
            } catch (IOException e) {
                if (last != null) e.addSuppressed(last);
                last = e;
            }
        }
        throw last == null ? new IOException("the registration has no address") : last;
    }

    private SensorIdentity join(RegistrationLine registration, URI address, List<URI> all)
            throws IOException, InterruptedException {
        KeyPair key = Certificates.newKey();
        var body = JSON.createObjectNode()
                .put("secret", registration.secret())
                .put("csr", CertificateRequests.pem(key))
                .put("sensorVersion", sensorVersion);
        var request = HttpRequest.newBuilder(address.resolve("/api/v1/join"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .sslContext(context(registration.fingerprint()))
                .build()) {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream stream = response.body()) {
                byte[] answer = stream.readNBytes(LARGEST);
                if (response.statusCode() == 201) {
                    return identity(registration, key, JSON.readTree(answer), all);
                }
                throw refused(address, response.statusCode(), answer);
            }
        } catch (JsonProcessingException e) {
            throw new IOException(address + " answered something that is not JSON: is it a Central?", e);
        }
    }

    private static SensorIdentity identity(RegistrationLine registration, KeyPair key, JsonNode joined, List<URI> all)
            throws IOException {
        try {
            return new SensorIdentity(
                    joined.path("clusterId").asText(),
                    new KeyAndChain(
                            key.getPrivate(),
                            Pem.certificates(joined.path("certificate").asText())),
                    Pem.certificates(joined.path("authorities").asText()),
                    all,
                    joined.path("grpcPort").asInt(),
                    hash(registration),
                    newSalt());
        } catch (IllegalArgumentException e) {
            throw new IOException("Central's answer to the join is not complete: " + e.getMessage(), e);
        }
    }

    private static String newSalt() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    private static IOException refused(URI address, int status, byte[] answer) throws IOException {
        JsonNode problem;
        try {
            problem = JSON.readTree(answer);
        } catch (JsonProcessingException _) {
            problem = JSON.createObjectNode();
        }
        String said = problem.path("detail").asText(problem.path("title").asText("status " + status));
        boolean passing = status >= 500 || status == 408 || status == 429;
        if (passing) return new IOException(address + " cannot take the registration now: " + said);
        throw new UserError(
                "registration",
                "one that " + address + " takes",
                "it said: " + said + " (status " + status + ")",
                "a registration works once and for a limited time; make a new one with: bulwark cluster add NAME");
    }

    private static SSLContext context(String fingerprint) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new FingerprintTrust(fingerprint)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
