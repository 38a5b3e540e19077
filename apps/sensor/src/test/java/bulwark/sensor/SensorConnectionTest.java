package bulwark.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.base.Loop;
import bulwark.base.Metrics;
import bulwark.base.log.LogLines;
import bulwark.base.network.DeafProxy;
import bulwark.base.network.DeafProxy.Direction;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.wire.v1.GoodbyeReason;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a whole Sensor does when its connection dies silently, and while certificates change.
class SensorConnectionTest {
    private SensorFixture sensor;

    @TempDir
    Path data;

    @BeforeEach
    void prepare() {
        sensor = new SensorFixture(data);
    }

    @AfterEach
    void stop() throws InterruptedException {
        sensor.stop();
    }

    private int hellos() {
        return sensor.central.control().hellos().size();
    }

    private void awaitHellos(int count) {
        await().untilAsserted(() -> assertThat(hellos()).isGreaterThanOrEqualTo(count));
    }

    private static List<Set<Direction>> silences() {
        return List.of(EnumSet.of(Direction.TO_CLIENT), EnumSet.allOf(Direction.class));
    }

    /// Its bound is three heartbeats, here three seconds.
    @ParameterizedTest
    @MethodSource("silences")
    void leavesAConnectionOnWhichNothingArrivesAndLosesNoChange(Set<Direction> lost) throws Exception {
        sensor.central.control().heartbeat(1);
        try (var proxy = new DeafProxy(sensor.central.grpcPort());
                var log = new LogLines();
                var _ = Loop.start("pings", Duration.ofMillis(200), Metrics.unseen(), this::ping)) {
            sensor.central.announce(proxy.port());
            sensor.start();
            await().untilAsserted(() -> assertThat(sensor.central.control().pongs())
                    .as("longer than the bound, had it not been pinged")
                    .isGreaterThan(20));
            assertThat(hellos()).as("a connection that is alive is kept").isEqualTo(1);

            proxy.goDeaf(lost);
            sensor.put(7, "app:lost");

            awaitHellos(2);
            assertThat(log.with("nothing was heard for 3 s")).hasSize(1);
            await().untilAsserted(() -> assertThat(sensor.stored(7)).contains("app:lost"));
        }
    }

    private void ping() {
        if (hellos() > 0) sensor.central.control().ping();
    }

    @Test
    void renewsItsCertificateAndComesAgainWithIt() throws Exception {
        sensor.central.issueFor(Duration.ofMinutes(2)); // it counts five minutes before now too: two thirds are over
        SensorIdentity first = sensor.join();
        sensor.central.issueFor(Duration.ofHours(1));

        sensor.start(first);

        awaitHellos(2);
        assertThat(sensor.identity().expiresAt()).isAfter(first.expiresAt());
        assertThat(sensor.central.control().shown())
                .isEqualTo(sensor.identity().keyAndChain().certificate());
        assertThat(sensor.outcome).isNotDone();
    }

    @Test
    void followsARotationOfTheAuthorityAndLosesNoChange() throws Exception {
        var central = sensor.central;
        sensor.central.issueFor(Duration.ofMinutes(2));
        SensorIdentity first = sensor.join();
        X509Certificate old = central.signing();
        central.issueFor(Duration.ofHours(1));
        central.beginRotation();
        int version = 2;

        sensor.start(first); // with the old authority's certificate; its successor's comes at once
        sensor.put(1, "app:" + version);
        awaitHellos(2);
        assertThat(sensor.identity().keyAndChain().certificate().getIssuerX500Principal())
                .isEqualTo(central.signing().getSubjectX500Principal());
        assertThat(sensor.identity().authorities()).containsExactly(central.signing(), old);
        awaitStored(1, "app:2");

        central.showNewAuthority();
        central.control().goodbye(GoodbyeReason.GOODBYE_REASON_SHUTDOWN);
        sensor.put(2, "app:3");
        awaitHellos(3);
        awaitStored(2, "app:3");

        central.endRotation();
        central.control().tellAuthorities();
        await().untilAsserted(() -> assertThat(sensor.identity().authorities()).containsExactly(central.signing()));
        central.control().goodbye(GoodbyeReason.GOODBYE_REASON_SHUTDOWN);
        sensor.put(3, "app:4");
        awaitHellos(4);
        awaitStored(3, "app:4");
        assertThat(sensor.stored(1)).contains("app:2");
        assertThat(central.inventory().stored()).hasSize(50);
    }

    private void awaitStored(int i, String image) {
        await().untilAsserted(() -> assertThat(sensor.stored(i)).contains(image));
    }

    @Test
    void saysInOneLineThatCentralShowsAnAuthorityItWasNeverToldOf() throws Exception {
        SensorIdentity first = sensor.join();
        sensor.central.beginRotation();
        sensor.central.showNewAuthority();
        try (var log = new LogLines()) {
            sensor.startWithoutWaiting(first);

            await().untilAsserted(() ->
                    assertThat(log.with("no connection to Central")).isNotEmpty());

            assertThat(log.with("no connection to Central").getFirst())
                    .contains("WARN", "unable to find valid certification path")
                    .hasLineCount(1);
            assertThat(hellos()).isZero();
        }
    }

    @Test
    void doesNotTryWithACertificateThatHasExpired() throws Exception {
        sensor.central.issueFor(Duration.ofSeconds(1));
        SensorIdentity first = sensor.join();
        await().until(() -> java.time.Instant.now().isAfter(first.expiresAt()));
        try (var log = new LogLines()) {
            sensor.startWithoutWaiting(first);

            await().untilAsserted(() -> assertThat(log.with("expired at")).isNotEmpty());

            assertThat(log.with("expired at").getFirst())
                    .contains("start it with a new registration (bulwark cluster add)")
                    .hasLineCount(1);
            assertThat(hellos()).isZero();
        }
    }
}
