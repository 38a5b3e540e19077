package bulwark.sensor.connection;

import bulwark.base.tls.CertificateRequests;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.sensor.watch.Reason;
import bulwark.wire.Capabilities;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.CertificateIssued;
import bulwark.wire.v1.CertificateRequest;
import bulwark.wire.v1.Goodbye;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.Hello;
import bulwark.wire.v1.Pong;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.Welcome;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said on one Control stream, from the hello on. Used by one thread.
final class ControlSession {
    static final int PROTOCOL = 1;

    private static final Logger log = LoggerFactory.getLogger(ControlSession.class);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Duration COUNTERS_INTERVAL = Duration.ofMinutes(1);
    private static final Duration RENEWAL_RETRY = Duration.ofMinutes(1);

    private final SensorState state;
    private final IdentityKeeper identities;
    private final Clock clock;
    private final Consumer<SensorControl> send;
    private final Consumer<Welcome> whenWelcome;
    private Instant heardAt;
    private Duration silence;
    private boolean welcomed;
    private Health told = Health.getDefaultInstance();
    private Instant toldAt = Instant.EPOCH;
    private Instant askedAt = Instant.EPOCH;
    private @Nullable KeyPair nextKey;

    ControlSession(
            SensorState state,
            IdentityKeeper identities,
            ConnectionLimits limits,
            Clock clock,
            Consumer<SensorControl> send,
            Consumer<Welcome> whenWelcome) {
        this.state = state;
        this.identities = identities;
        this.clock = clock;
        this.send = send;
        this.whenWelcome = whenWelcome;
        this.heardAt = clock.instant();
        this.silence = limits.welcome();
    }

    void hello() {
        told = state.health();
        toldAt = clock.instant();
        send.accept(SensorControl.newBuilder()
                .setHello(Hello.newBuilder()
                        .setSensorVersion(state.version())
                        .setProtocolVersion(PROTOCOL)
                        .addAllCapabilities(Capabilities.ALL)
                        .setKubernetesVersion(state.kubernetesVersion())
                        .setClusterUid(state.clusterUid())
                        .setHealth(told))
                .build());
    }

    /// Takes a message; an answer ends the session.
    @Nullable
    SessionEnd received(CentralControl message) throws IOException {
        heardAt = clock.instant();
        return switch (message.getMessageCase()) {
            case WELCOME -> {
                welcome(message.getWelcome());
                yield null;
            }
            case CERTIFICATE_ISSUED -> issued(message.getCertificateIssued());
            case CA_BUNDLE -> {
                identities.trust(Pem.certificates(message.getCaBundle().getPem()));
                yield null;
            }
            case PING -> {
                send.accept(SensorControl.newBuilder()
                        .setPong(Pong.newBuilder().setNonce(message.getPing().getNonce()))
                        .build());
                yield null;
            }
            case GOODBYE -> goodbye(message.getGoodbye());
            case MESSAGE_NOT_SET -> {
                log.atDebug().log("a message of a later version was skipped");
                yield null;
            }
        };
    }

    private void welcome(Welcome welcome) {
        if (welcomed) return;
        welcomed = true;
        silence = Duration.ofSeconds(3L * Math.max(1, welcome.getHeartbeatSeconds()));
        Instant there = Instant.ofEpochMilli(welcome.getServerTimeMillis());
        Duration apart = Duration.between(clock.instant(), there).abs();
        if (apart.compareTo(CLOCKS_DIFFER) > 0) {
            log.atWarn()
                    .addKeyValue("here", clock.instant())
                    .addKeyValue("central", there)
                    .log("the clocks of Sensor and Central differ; certificates may seem expired");
        }
        whenWelcome.accept(welcome);
    }

    private @Nullable SessionEnd issued(CertificateIssued issued) throws IOException {
        KeyPair key = nextKey;
        if (key == null) return null;
        var next = new KeyAndChain(key.getPrivate(), Pem.certificates(issued.getCertificatePem()));
        if (!Certificates.belongTogether(next.key(), next.certificate())) {
            throw new IOException("Central issued a certificate for another key");
        }
        identities.renew(next, Pem.certificates(issued.getCaBundlePem()));
        nextKey = null;
        log.atInfo().addKeyValue("expires", identities.identity().expiresAt()).log("certificate renewed");
        return new SessionEnd.Renewed();
    }

    private static SessionEnd goodbye(Goodbye goodbye) {
        Duration after = Duration.ofSeconds(Math.clamp(goodbye.getRetryAfterSeconds(), 0, 3600));
        return switch (goodbye.getReason()) {
            case GOODBYE_REASON_REMOVED -> new SessionEnd.Removed(goodbye.getMessage());
            case GOODBYE_REASON_REPLACED -> new SessionEnd.Replaced(goodbye.getMessage());
            case GOODBYE_REASON_INCOMPATIBLE -> new SessionEnd.Incompatible(goodbye.getMessage(), after);
            case GOODBYE_REASON_SHUTDOWN, GOODBYE_REASON_UNKNOWN, UNRECOGNIZED ->
                new SessionEnd.ComeAgain(goodbye.getMessage(), after);
        };
    }

    /// Does what time asks for: tells a changed health, renews the certificate, gives a silent Central up.
    @Nullable
    SessionEnd tick() {
        Instant now = clock.instant();
        if (now.isAfter(heardAt.plus(silence))) {
            return new SessionEnd.Broken("nothing was heard for " + silence.toSeconds() + " s");
        }
        if (!welcomed) return null;
        Health health = state.health();
        boolean news = !withoutCounters(health).equals(withoutCounters(told));
        boolean due = now.isAfter(toldAt.plus(COUNTERS_INTERVAL)) && !health.equals(told);
        if (news || due) {
            told = health;
            toldAt = now;
            send.accept(SensorControl.newBuilder().setHealth(health).build());
        }
        if (!now.isBefore(identities.identity().renewAt()) && now.isAfter(askedAt.plus(RENEWAL_RETRY))) {
            askedAt = now;
            askForCertificate();
        }
        return null;
    }

    private static Health withoutCounters(Health health) {
        return health.toBuilder().clearCounters().build();
    }

    private void askForCertificate() {
        KeyPair key = Certificates.newKey();
        nextKey = key;
        String body = CertificateRequests.pem(key)
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .reduce("", String::concat);
        send.accept(SensorControl.newBuilder()
                .setCertificateRequest(CertificateRequest.newBuilder()
                        .setCsrDer(ByteString.copyFrom(Base64.getDecoder().decode(body))))
                .build());
        log.atInfo().addKeyValue("expires", identities.identity().expiresAt()).log("asked for the next certificate");
    }

    /// The stream ended without a goodbye.
    static SessionEnd ended(Status status) {
        return new SessionEnd.Broken(describe(status));
    }

    static String describe(Status status) {
        var text = new StringBuilder(status.getCode().toString());
        String description = status.getDescription();
        // Netty adds lines about its pipeline
        if (description != null)
            description.lines().findFirst().ifPresent(line -> text.append(": ").append(line));
        if (status.getCause() != null)
            text.append(" (").append(Reason.of(status.getCause())).append(')');
        return text.toString();
    }
}
