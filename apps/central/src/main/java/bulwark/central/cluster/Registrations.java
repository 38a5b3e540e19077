package bulwark.central.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import bulwark.base.tls.Certificates;
import bulwark.base.tls.Pem;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.wire.RegistrationLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/// How clusters come to Central: a registration gives a single-use secret, joining with it gives a certificate.
public final class Registrations {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private final Database database;
    private final ClusterChangeStore store = new ClusterChangeStore();
    private final Authorities authorities;
    private final Place place;
    private final InstantSource clock;

    /// Where Central is to be found, and the fingerprint of the authority that vouches for it there.
    public record Place(List<URI> addresses, Supplier<String> fingerprint) {
        public Place {
            addresses = List.copyOf(addresses);
        }
    }

    /// A cluster that may join until a time with the line, which is shown once.
    public record Registered(UUID clusterId, String name, String line, Instant expiresAt) {}

    public Registrations(Database database, Authorities authorities, Place place, InstantSource clock) {
        this.database = database;
        this.authorities = authorities;
        this.place = place;
        this.clock = clock;
    }

    /// Registers a cluster; empty where one has that name already.
    public Optional<Registered> register(DSLContext transaction, String name, Duration validity) {
        if (store.isTaken(transaction, name)) return Optional.empty();
        Instant now = clock.instant();
        Instant expiresAt = now.plus(validity);
        UUID id = UuidV7.next();
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        store.add(transaction, id, name, now);
        store.addRegistration(transaction, id, hash(secret), now, expiresAt);
        var line = new RegistrationLine(place.addresses(), place.fingerprint().get(), secret);
        return Optional.of(new Registered(id, name, line.line(), expiresAt));
    }

    /// Uses a secret up and issues the certificate, both or neither.
    public JoinResult join(String secret, String requestPem) {
        try {
            return database.transaction(transaction -> {
                try {
                    return join(transaction, secret, requestPem);
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // so that nothing is committed
                }
            });
        } catch (UncheckedIOException e) {
            return new JoinResult.Malformed(
                    String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()));
        }
    }

    private JoinResult join(DSLContext transaction, String secret, String requestPem) throws IOException {
        Optional<UUID> clusterId = store.useRegistration(transaction, hash(secret.strip()), clock.instant());
        if (clusterId.isEmpty()) return new JoinResult.Refused();
        X509Certificate certificate = issue(transaction, clusterId.get(), requestPem);
        return new JoinResult.Joined(clusterId.get(), Pem.of(certificate), authorities.bundle());
    }

    /// Issues a certificate and notes it with the cluster.
    X509Certificate issue(DSLContext transaction, UUID clusterId, String requestPem) throws IOException {
        X509Certificate certificate = authorities.issueForSensor(clusterId, requestPem);
        store.certificate(
                transaction,
                clusterId,
                Certificates.serial(certificate),
                certificate.getNotAfter().toInstant());
        return certificate;
    }

    /// Issues the certificate that follows a Sensor's present one.
    X509Certificate renew(UUID clusterId, String requestPem) throws IOException {
        return issue(database.sql(), clusterId, requestPem);
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
