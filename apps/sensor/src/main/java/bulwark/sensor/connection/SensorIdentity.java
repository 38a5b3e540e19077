package bulwark.sensor.connection;

import bulwark.base.UserError;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who this Sensor is once it has joined: its cluster, its key and certificate, whom it trusts and where Central is.
/// Kept in one file, so that it is always whole; only its owner may read it, since the key is in it.
///
/// `registration` is the hash of the secret that it joined with, by which a new registration is told from the old one;
/// `salt` makes the hashes of its documents its own.
public record SensorIdentity(
        String clusterId,
        KeyAndChain keyAndChain,
        List<X509Certificate> authorities,
        List<URI> addresses,
        int grpcPort,
        String registration,
        String salt) {
    /// The name of the file in the data folder.
    public static final String FILE = "identity";

    private static final int LARGEST = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    public SensorIdentity {
        authorities = List.copyOf(authorities);
        addresses = List.copyOf(addresses);
        if (clusterId.isEmpty()) throw new IllegalArgumentException("an identity names its cluster");
        if (grpcPort < 1 || grpcPort > 65_535) throw new IllegalArgumentException("not a port: " + grpcPort);
        if (authorities.isEmpty() || addresses.isEmpty()) {
            throw new IllegalArgumentException("an identity has authorities and addresses");
        }
    }

    /// The identity kept in a data folder; empty where this Sensor has not joined yet.
    public static Optional<SensorIdentity> load(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) return Optional.empty();
        if (Files.size(file) > LARGEST) throw damaged(file, "it is too large", null);
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            var addresses = new ArrayList<URI>();
            for (JsonNode address : json.path("addresses")) addresses.add(URI.create(address.asText()));
            return Optional.of(new SensorIdentity(
                    json.path("clusterId").asText(),
                    new KeyAndChain(
                            Pem.privateKey(json.path("key").asText()),
                            Pem.certificates(json.path("certificate").asText())),
                    Pem.certificates(json.path("authorities").asText()),
                    addresses,
                    json.path("grpcPort").asInt(),
                    json.path("registration").asText(),
                    json.path("salt").asText()));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, "it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static UserError damaged(Path file, String came, @org.jspecify.annotations.Nullable Exception cause) {
        String what = "delete it and start with a new registration (bulwark cluster add)";
        return cause == null
                ? new UserError(file.toString(), "the identity of this Sensor", came, what)
                : new UserError(file.toString(), "the identity of this Sensor", came, what, cause);
    }

    /// Keeps the identity: on disk before this returns.
    public void save(Path data) throws IOException {
        var json = JSON.createObjectNode()
                .put("clusterId", clusterId)
                .put("key", Pem.of(keyAndChain.key()))
                .put("certificate", Pem.of(keyAndChain.chain()))
                .put("authorities", Pem.of(authorities))
                .put("grpcPort", grpcPort)
                .put("registration", registration)
                .put("salt", salt);
        var list = json.putArray("addresses");
        for (URI address : addresses) list.add(address.toString());
        Pem.writeOwnerOnly(
                data.resolve(FILE),
                new String(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json), StandardCharsets.UTF_8));
    }

    /// Forgets the identity in a data folder, after its cluster was removed.
    public static void delete(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }

    SensorIdentity with(KeyAndChain next, List<X509Certificate> trusted) {
        return new SensorIdentity(clusterId, next, trusted, addresses, grpcPort, registration, salt);
    }

    SensorIdentity with(List<X509Certificate> trusted) {
        return with(keyAndChain, trusted);
    }

    /// The same identity with Central elsewhere.
    public SensorIdentity at(List<URI> others) {
        return new SensorIdentity(clusterId, keyAndChain, authorities, others, grpcPort, registration, salt);
    }

    /// When the certificate ends.
    public Instant expiresAt() {
        return keyAndChain.certificate().getNotAfter().toInstant();
    }

    /// When the certificate has to be renewed: after two thirds of its life.
    Instant renewAt() {
        Instant begin = keyAndChain.certificate().getNotBefore().toInstant();
        return begin.plus(Duration.between(begin, expiresAt()).multipliedBy(2).dividedBy(3));
    }

    @Override
    public String toString() {
        return "SensorIdentity[" + clusterId + ", until " + expiresAt() + "]";
    }
}
