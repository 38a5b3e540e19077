package bulwark.sensor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import bulwark.base.UserError;
import bulwark.sensor.connection.CentralConnection;
import bulwark.sensor.connection.IdentityFile;
import bulwark.sensor.connection.JoinClient;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.watch.WatchedResource;
import bulwark.wire.RegistrationLine;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole Sensor between an API server's lists and watches and a Central that keeps to the contract.
class SensorContractTest {
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

    @Test
    void bringsTheWholeClusterToCentralAndThenEachChange() throws Exception {
        sensor.start();
        assertThat(sensor.central.inventory().stored()).hasSize(50);

        sensor.put(7, "app:2");
        sensor.api.of(WatchedResource.DEPLOYMENTS).delete("shop/d8");

        await().untilAsserted(() -> {
            var stored = sensor.central.inventory().stored().get(SensorFixture.deployment(7));
            assertThat(requireNonNull(stored).json().toStringUtf8()).contains("app:2");
            assertThat(sensor.central.inventory().stored()).doesNotContainKey(SensorFixture.deployment(8));
        });
        assertThat(sensor.central.inventory().syncs()).isEqualTo(1);
    }

    @Test
    void sendsOnlyWhatDiffersAfterAReconnect() throws Exception {
        sensor.start();
        long before = sensor.central.inventory().documentsReceived();

        sensor.central.stop();
        sensor.put(3, "app:2");
        sensor.api.of(WatchedResource.DEPLOYMENTS).delete("shop/d4");
        sensor.central.start();

        await().untilAsserted(() -> {
            assertThat(sensor.central.inventory().syncsDone()).isEqualTo(2);
            assertThat(sensor.central.inventory().stored()).hasSize(49);
        });
        assertThat(sensor.central.inventory().documentsReceived() - before).isEqualTo(1);
    }

    @Test
    void keepsTheNewestStateOnlyWhileCentralDoesNotAcknowledge() throws Exception {
        sensor.start();
        long before = sensor.central.inventory().documentsReceived();
        sensor.central.inventory().withholdAcks(true);

        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 50; i++) sensor.put(i, "app:round-" + round);
        }
        await().untilAsserted(() ->
                assertThat(sensor.metric("bulwark_sensor_objects_taken_total")).isEqualTo(50 + 40 * 50));
        sensor.central.inventory().withholdAcks(false);

        await().untilAsserted(
                        () -> assertThat(sensor.central.inventory().stored().values())
                                .allMatch(stored -> stored.json().toStringUtf8().contains("app:round-39")));
        assertThat(sensor.central.inventory().mostOpenBatches())
                .as("never more than the window")
                .isEqualTo(3);
        assertThat(sensor.central.inventory().documentsReceived() - before)
                .as("of 2000 changes")
                .isLessThan(200);
    }

    @Test
    void stopsForGoodAndForgetsItsIdentityWhenTheClusterIsRemoved() throws Exception {
        sensor.start();

        sensor.central.control().goodbye(GoodbyeReason.GOODBYE_REASON_REMOVED);

        assertThat(sensor.outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(CentralConnection.Outcome.Removed.class);
        assertThat(new IdentityFile(data).load()).isEmpty();
    }

    @Test
    void stopsWhenAnotherSensorTookItsPlaceButKeepsItsIdentity() throws Exception {
        sensor.start();

        sensor.central.control().goodbye(GoodbyeReason.GOODBYE_REASON_REPLACED);

        assertThat(sensor.outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(CentralConnection.Outcome.Replaced.class);
        assertThat(new IdentityFile(data).load()).isPresent();
    }

    @Test
    void comesAgainAfterCentralShutDown() throws Exception {
        sensor.start();

        sensor.central.control().goodbye(GoodbyeReason.GOODBYE_REASON_SHUTDOWN);

        await().untilAsserted(
                        () -> assertThat(sensor.central.inventory().syncsDone()).isEqualTo(2));
    }

    @Test
    void answersPings() throws Exception {
        sensor.start();

        sensor.central.control().ping();

        await().untilAsserted(() -> assertThat(sensor.central.control().pongs()).isEqualTo(1));
    }

    @Test
    void tellsCentralWhatItMayNotReadBeforeTheInventoryBegins() throws Exception {
        sensor.api.forbid(WatchedResource.NETWORK_POLICIES, true);
        var told = new AtomicReference<@Nullable Health>();
        sensor.central
                .inventory()
                .whenSyncBegins(() -> told.set(sensor.central.control().health()));

        sensor.start();

        var health = requireNonNull(told.get());
        assertThat(health.getSynced()).isTrue();
        assertThat(health.getMissingPermissionsList())
                .extracting(each -> each.getVerb() + " " + each.getResource())
                .containsExactly("list networking.k8s.io/networkpolicies");
        assertThat(sensor.central.inventory().stored()).as("the rest is there").hasSize(50);
    }

    @Test
    void joinsOnceWithARegistrationAndKeepsItsKeyToItself() throws Exception {
        RegistrationLine registration = sensor.central.registration();
        var client = new JoinClient("test");
        new IdentityFile(data).save(client.join(registration, registration.addresses()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("identity"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> client.join(registration, registration.addresses()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("used or expired");
    }

    @Test
    void doesNotSendTheSecretToAServerOfAnotherAuthority() {
        RegistrationLine right = sensor.central.registration();
        var wrong = new RegistrationLine(right.addresses(), "0".repeat(64), right.secret());
        var client = new JoinClient("test");

        assertThatThrownBy(() -> client.join(wrong, wrong.addresses()))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("fingerprint");
        assertThat(catchJoin(client, right)).as("the secret is still unused").isNotNull();
    }

    private static SensorIdentity catchJoin(JoinClient client, RegistrationLine registration) {
        try {
            return client.join(registration, registration.addresses());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
