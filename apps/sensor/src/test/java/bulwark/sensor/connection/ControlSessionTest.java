package bulwark.sensor.connection;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.log.LogLines;
import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.Goodbye;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.Ping;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.SensorControl.MessageCase;
import bulwark.wire.v1.Welcome;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said on a Control stream, and when, by a clock that the tests move.
class ControlSessionTest {
    private static final Duration LIFE = Duration.ofDays(30);
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final List<SensorControl> sent = new ArrayList<>();
    private final Time time = new Time();
    private ControlSession session;
    private SensorIdentity identity;

    @TempDir
    Path data;

    private static final class Time extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private record State() implements SensorState {
        @Override
        public String version() {
            return "1.2.3";
        }

        @Override
        public String kubernetesVersion() {
            return "v1.36.2";
        }

        @Override
        public String clusterUid() {
            return "uid";
        }

        @Override
        public Health health() {
            return Health.newBuilder().setSynced(true).build();
        }

        @Override
        public void awaitListed() {}
    }

    @BeforeEach
    void begin() {
        var authority =
                new CertificateAuthority(List.of(CertificateAuthority.newIssuer("test", START, LIFE.multipliedBy(12))));
        identity = new SensorIdentity(
                "id",
                authority.issue(Grant.client(new Identity("sensor", "id"), LIFE), START),
                authority.trusted(),
                List.of(URI.create("https://localhost:8443")),
                8444,
                "registration",
                "salt");
        session = new ControlSession(
                new State(),
                new IdentityKeeper(new IdentityFile(data), identity),
                ConnectionLimits.DEFAULT,
                time,
                sent::add,
                _ -> {});
        session.hello();
    }

    private SessionEnd welcome(Instant serverTime) throws IOException {
        return session.received(CentralControl.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setServerTimeMillis(serverTime.toEpochMilli())
                        .setHeartbeatSeconds(20))
                .build());
    }

    private SessionEnd ping() throws IOException {
        return session.received(CentralControl.newBuilder()
                .setPing(Ping.newBuilder().setNonce(9))
                .build());
    }

    private long requests() {
        return sent.stream()
                .filter(message -> message.getMessageCase() == MessageCase.CERTIFICATE_REQUEST)
                .count();
    }

    @Test
    void saysItsVersionsAndWhatItCan() {
        var hello = sent.getFirst().getHello();

        assertThat(hello.getSensorVersion()).isEqualTo("1.2.3");
        assertThat(hello.getProtocolVersion()).isEqualTo(1);
        assertThat(hello.getKubernetesVersion()).isEqualTo("v1.36.2");
        assertThat(hello.getCapabilitiesList()).contains("inventory", "certificate-renewal");
    }

    @Test
    void asksForTheNextCertificateWhenTwoThirdsOfItsLifeAreOverAndAgainAfterAMinute() throws IOException {
        welcome(START);
        Instant due = identity.renewAt();
        assertThat(Duration.between(START, due)).isBetween(Duration.ofDays(19), Duration.ofDays(20));

        time.now = due.minusSeconds(1);
        ping();
        assertThat(session.tick()).isNull();
        assertThat(requests()).isZero();

        time.now = due;
        ping();
        assertThat(session.tick()).isNull();
        assertThat(requests()).isEqualTo(1);

        time.now = due.plusSeconds(30);
        ping();
        session.tick();
        assertThat(requests()).as("Central has its time to answer").isEqualTo(1);

        time.now = due.plusSeconds(61);
        ping();
        session.tick();
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void givesACentralUpThatIsSilentForThreeHeartbeats() throws IOException {
        welcome(START);

        time.now = START.plusSeconds(60);
        assertThat(session.tick()).isNull();

        time.now = START.plusSeconds(61);
        assertThat(session.tick()).isEqualTo(new SessionEnd.Broken("nothing was heard for 60 s"));
    }

    @Test
    void givesACentralUpThatDoesNotAnswerTheHello() {
        time.now = START.plus(ConnectionLimits.DEFAULT.welcome());
        assertThat(session.tick()).isNull();

        time.now = time.now.plusSeconds(1);
        assertThat(session.tick()).isInstanceOf(SessionEnd.Broken.class);
    }

    @Test
    void warnsOfClocksThatDiffer() throws IOException {
        try (var log = new LogLines()) {
            welcome(START.plus(Duration.ofMinutes(4)));
            assertThat(log.with("clocks")).isEmpty();

            begin();
            welcome(START.minus(Duration.ofMinutes(6)));

            assertThat(log.with("the clocks of Sensor and Central differ")).hasSize(1);
            assertThat(log.lines().getFirst())
                    .contains("WARN", "2026-11-21T10:00:00Z", "2026-11-21T09:54:00Z")
                    .hasLineCount(1);
        }
    }

    @Test
    void skipsMessagesAndReasonsOfANewerCentral() throws IOException {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();

        assertThat(session.received(
                        CentralControl.newBuilder().setUnknownFields(unknown).build()))
                .isNull();
        assertThat(welcome(START)).isNull();
        assertThat(session.received(CentralControl.newBuilder()
                        .setGoodbye(Goodbye.newBuilder()
                                .setReasonValue(99)
                                .setMessage("later")
                                .setRetryAfterSeconds(7))
                        .build()))
                .isEqualTo(new SessionEnd.ComeAgain("later", Duration.ofSeconds(7)));
        assertThat(session.received(CentralControl.newBuilder()
                        .setGoodbye(Goodbye.newBuilder()
                                .setReason(GoodbyeReason.GOODBYE_REASON_REMOVED)
                                .setMessage("now"))
                        .build()))
                .isEqualTo(new SessionEnd.Removed("now"));
    }
}
