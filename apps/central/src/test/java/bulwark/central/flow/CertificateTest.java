package bulwark.central.flow;

import static bulwark.central.flow.Objects.container;
import static bulwark.central.flow.Objects.workload;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.central.cluster.Authorities;
import bulwark.central.cluster.AuthorityTimes;
import bulwark.central.sensor.SensorServer;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.SensorControl;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who gets in by which certificate, over real TLS: each refusal stands beside the same certificate without its fault.
class CertificateTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Instant now = Instant.now();
    private CentralFixture central;

    @AfterEach
    void stop() {
        central.close();
    }

    /// What a Control stream comes to that begins with a Hello: the first message or the status.
    private Object answer(KeyAndChain shown) throws InterruptedException {
        return answer(FakeSensor.tls(shown, central.authorities.bundle()));
    }

    private Object answer(SslContext tls) throws InterruptedException {
        var channel = FakeSensor.channel(central.server.port(), tls);
        try {
            var control = Dialogue.open(ControlGrpc.newStub(channel)::connect);
            control.send(SensorControl.newBuilder().setHello(FakeSensor.hello()).build());
            return control.nextOrEnd();
        } finally {
            channel.shutdownNow();
        }
    }

    private boolean isWelcome(KeyAndChain shown) throws InterruptedException {
        return answer(shown) instanceof CentralControl message && message.hasWelcome();
    }

    private Status.Code refusal(KeyAndChain shown) throws InterruptedException {
        return answer(shown) instanceof Status status ? status.getCode() : Status.Code.OK;
    }

    /// An authority of the test's own, which Central trusts beside its own.
    private CertificateAuthority trusted() throws IOException {
        var issuer = new CertificateAuthority(List.of(
                CertificateAuthority.newIssuer("trusted", now.minus(DAY.multipliedBy(100)), DAY.multipliedBy(365))));
        var both = new ArrayList<X509Certificate>(Pem.certificates(central.authorities.bundle()));
        both.addAll(issuer.trusted());
        central.authorities.trust().swap(both);
        return issuer;
    }

    private static Grant sensor(UUID cluster) {
        return Grant.client(new Identity(Authorities.SENSOR, cluster.toString()), DAY);
    }

    @Test
    void refusesACertificateBeforeAndAfterItsTimeOnly() throws Exception {
        central = new CentralFixture();
        var issuer = trusted();
        try (var joined = central.joined("prod")) {
            Grant grant = sensor(joined.clusterId());

            assertThat(isWelcome(issuer.issue(grant, now))).as("today's").isTrue();
            assertThat(refusal(issuer.issue(grant, now.minus(DAY.multipliedBy(2)))))
                    .as("yesterday's")
                    .isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(refusal(issuer.issue(grant, now.plus(DAY))))
                    .as("tomorrow's")
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void refusesACertificateOfAnAuthorityThatIsNotItsOwn() throws Exception {
        central = new CentralFixture();
        var issuer = trusted();
        var stranger =
                new CertificateAuthority(List.of(CertificateAuthority.newIssuer("trusted", now, DAY.multipliedBy(10))));
        try (var joined = central.joined("prod")) {
            Grant grant = sensor(joined.clusterId());

            assertThat(isWelcome(issuer.issue(grant, now))).isTrue();
            assertThat(refusal(stranger.issue(grant, now))).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void looksAtTheCertificateAnewWithEveryConnection() throws Exception {
        central = new CentralFixture();
        var own = Pem.certificates(central.authorities.bundle());
        var issuer = trusted();
        try (var joined = central.joined("prod")) {
            SslContext tls = FakeSensor.tls(issuer.issue(sensor(joined.clusterId()), now), Pem.of(own));
            for (int i = 0; i < 3; i++) {
                assertThat(answer(tls))
                        .isInstanceOfSatisfying(
                                CentralControl.class,
                                message -> assertThat(message.hasWelcome()).isTrue());
            }

            central.authorities.trust().swap(own); // its issuer is let go

            assertThat(answer(tls)).as("a session that TLS could resume").isInstanceOf(Status.class);
        }
    }

    @Test
    void refusesACertificateOfAnotherRoleOrUse() throws Exception {
        central = new CentralFixture();
        var issuer = trusted();
        try (var joined = central.joined("prod")) {
            String cluster = joined.clusterId().toString();

            assertThat(isWelcome(issuer.issue(Grant.client(new Identity("sensor", cluster), DAY), now)))
                    .isTrue();
            for (String role : List.of("user", "central", "collector")) {
                var answer = answer(issuer.issue(Grant.client(new Identity(role, cluster), DAY), now));
                assertThat(answer).isInstanceOfSatisfying(Status.class, status -> {
                    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
                    assertThat(status.getDescription()).contains("no Sensor's");
                });
            }
            assertThat(refusal(issuer.issue(Grant.client(new Identity("sensor", "no-uuid"), DAY), now)))
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
            var server = Grant.server(new Identity("sensor", cluster), List.of("localhost"), DAY);
            assertThat(refusal(issuer.issue(server, now))).as("a server's").isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void doesNotKnowAClusterThatWasNeverRegistered() throws Exception {
        central = new CentralFixture();
        var issuer = trusted();

        var answer = answer(issuer.issue(sensor(UUID.randomUUID()), now));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        CentralControl.class,
                        message -> assertThat(message.getGoodbye().getReason())
                                .isEqualTo(GoodbyeReason.GOODBYE_REASON_REMOVED));
    }

    @Test
    void rotatesItsAuthorityWhileASensorIsConnectedAndLosesNoChange() throws Exception {
        // the authority lives 200 days and is followed 120 days before its end; the test begins 150 days ago
        var times = new AuthorityTimes(
                DAY.multipliedBy(200), DAY.multipliedBy(120), DAY.multipliedBy(180), DAY.multipliedBy(90));
        central = new CentralFixture(
                new CentralFixture.Options(now.minus(DAY.multipliedBy(150)), times, SensorServer.Limits.USUAL));
        central.time.pass(DAY.multipliedBy(79));
        String old = central.authorities.shownFingerprint();
        try (var sensor = central.joined("prod")) {
            KeyAndChain before = sensor.shown();
            var control = sensor.welcomed();
            sensor.put(workload("shop", "one", container("web", false)));
            var stream = sensor.inventory();
            sensor.sync(stream);

            central.time.pass(DAY.multipliedBy(2)); // due: both are trusted, the new one signs, the old one is shown
            central.watch.refreshAuthorities();

            assertThat(Pem.certificates(control.next().getCaBundle().getPem())).hasSize(2);
            assertThat(central.authorities.shownFingerprint()).isEqualTo(old);
            sensor.put(workload("shop", "two", container("web", false)));
            sensor.deliver(stream, workload("shop", "two").key()); // the open stream goes on
            sensor.renew(control);
            KeyAndChain after = sensor.shown();
            assertThat(after.certificate().getIssuerX500Principal())
                    .isNotEqualTo(before.certificate().getIssuerX500Principal());
            assertThat(isWelcome(before)).as("signed by the old").isTrue();
            assertThat(isWelcome(after)).as("signed by the new").isTrue();

            sensor.put(workload("shop", "three", container("web", false))); // while it switches
            try (var switched = sensor.again(central.server.port())) {
                switched.welcomed();
                assertThat(switched.sync(switched.inventory())).isEqualTo(1);

                central.time.pass(DAY.multipliedBy(61)); // all have heard of the new one
                central.watch.refreshAuthorities();
                assertThat(central.authorities.shownFingerprint()).isNotEqualTo(old);
                assertThat(isWelcome(before)).isTrue();
                assertThat(isWelcome(after)).isTrue();

                central.time.pass(DAY.multipliedBy(59)); // the old one's time is over
                central.watch.refreshAuthorities();
                assertThat(Pem.certificates(central.authorities.bundle()))
                        .extracting(Certificates::fingerprint)
                        .contains(central.authorities.shownFingerprint())
                        .doesNotContain(old);
                assertThat(refusal(before)).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(isWelcome(after)).isTrue();
            }
        }
    }

    @Test
    void refusesTheCertificateOfARemovedClusterUntilItsNameJoinsAnew() throws Exception {
        central = new CentralFixture();
        try (var sensor = central.joined("prod")) {
            assertThat(isWelcome(sensor.shown())).isTrue();

            central.removal.remove(central.database.sql(), sensor.clusterId());

            assertThat(answer(sensor.shown()))
                    .isInstanceOfSatisfying(
                            CentralControl.class,
                            message -> assertThat(message.getGoodbye().getReason())
                                    .isEqualTo(GoodbyeReason.GOODBYE_REASON_REMOVED));
            try (var again = central.joined("prod")) {
                assertThat(isWelcome(again.shown())).isTrue();
                assertThat(again.clusterId()).isNotEqualTo(sensor.clusterId());
            }
        }
    }
}
