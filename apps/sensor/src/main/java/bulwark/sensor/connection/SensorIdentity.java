package bulwark.sensor.connection;

import bulwark.base.UserError;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who this Sensor is once it has joined: its cluster, its key and certificate, whom it trusts and where Central is.
/// Kept in one piece (an [IdentityPlace]), so that it is always whole.
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

    /// Reads what [#text()] wrote; `where` it was kept is for messages.
    static SensorIdentity parse(String text, String where) {
        if (text.length() > LARGEST) throw damaged(where, "it is too large", null);
        try {
            JsonNode json = JSON.readTree(text);
            var addresses = new ArrayList<URI>();
            for (JsonNode address : json.path("addresses")) addresses.add(URI.create(address.asText()));
            return new SensorIdentity(
                    json.path("clusterId").asText(),
                    new KeyAndChain(
                            Pem.privateKey(json.path("key").asText()),
                            Pem.certificates(json.path("certificate").asText())),
                    Pem.certificates(json.path("authorities").asText()),
                    addresses,
                    json.path("grpcPort").asInt(),
                    json.path("registration").asText(),
                    json.path("salt").asText());
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(where, "it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static UserError damaged(String where, String came, @Nullable Exception cause) {
        String what = "delete it and start with a new registration (bulwark cluster add)";
        return cause == null
                ? new UserError(where, "the identity of this Sensor", came, what)
                : new UserError(where, "the identity of this Sensor", came, what, cause);
    }

    /// The whole identity, key included, as it is kept.
    String text() {
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
        return json.toPrettyString();
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
