package bulwark.central.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.log.LogLines;
import bulwark.base.tls.Identity;
import bulwark.base.tls.Pem;
import bulwark.central.cluster.ControlService;
import bulwark.central.view.ClusterRow;
import bulwark.model.access.AccessScope;
import bulwark.wire.v1.CertificateRequest;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.MissingPermission;
import bulwark.wire.v1.Pong;
import bulwark.wire.v1.SensorControl;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlTest {
    private CentralFixture central;

    @BeforeEach
    void start() throws IOException {
        central = new CentralFixture();
    }

    @AfterEach
    void stop() {
        central.close();
    }

    private ClusterRow row(FakeSensor sensor) {
        return central.clusters.get(AccessScope.EVERYTHING, sensor.clusterId()).orElseThrow();
    }

    @Test
    void welcomesASensorAndShowsItConnected() throws Exception {
        var sensor = central.joined("prod");
        assertThat(row(sensor).status()).isEqualTo(ClusterRow.Status.NEVER_CONNECTED);

        var control = sensor.control();
        control.send(SensorControl.newBuilder()
                .setHello(FakeSensor.hello()
                        .addCapabilities("inventory")
                        .setHealth(Health.newBuilder()
                                .addMissingPermissions(MissingPermission.newBuilder()
                                        .setResource("secrets")
                                        .setVerb("list")
                                        .setReason("forbidden"))))
                .build());

        var welcome = control.next().getWelcome();
        assertThat(welcome.getClusterId()).isEqualTo(sensor.clusterId().toString());
        assertThat(welcome.getClusterName()).isEqualTo("prod");
        assertThat(welcome.getCentralVersion()).isEqualTo("test");
        assertThat(welcome.getCapabilitiesList()).contains("inventory", "certificate-renewal");
        assertThat(Pem.certificates(control.next().getCaBundle().getPem())).hasSize(1);
        Awaitility.await().until(() -> !row(sensor).missingPermissions().isEmpty());
        assertThat(row(sensor).status()).isEqualTo(ClusterRow.Status.SYNCING);
        assertThat(row(sensor).sensorVersion()).isEqualTo("1.0");
        assertThat(row(sensor).capabilities()).containsExactly("inventory");
        sensor.close();
        Awaitility.await().until(() -> row(sensor).status() == ClusterRow.Status.DISCONNECTED);
    }

    @Test
    void saysWhichSideIsTooOld() throws Exception {
        var sensor = central.joined("prod");

        var older = sensor.control();
        older.send(SensorControl.newBuilder()
                .setHello(FakeSensor.hello().setProtocolVersion(0))
                .build());
        var newer = sensor.control();
        newer.send(SensorControl.newBuilder()
                .setHello(FakeSensor.hello().setProtocolVersion(99))
                .build());

        var goodbye = older.next().getGoodbye();
        assertThat(goodbye.getReason()).isEqualTo(GoodbyeReason.GOODBYE_REASON_INCOMPATIBLE);
        assertThat(goodbye.getMessage()).contains("Sensor 1.0 is too old");
        assertThat(newer.next().getGoodbye().getMessage()).contains("Central test is too old");
        assertThat(older.end()).isEqualTo(Status.OK);
        sensor.close();
    }

    @Test
    void wantsAHelloFirst() throws Exception {
        var sensor = central.joined("prod");
        var control = sensor.control();

        control.send(
                SensorControl.newBuilder().setPong(Pong.getDefaultInstance()).build());

        assertThat(control.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        sensor.close();
    }

    @Test
    void skipsFieldsAndMessagesOfNewerVersions() throws Exception {
        var sensor = central.joined("prod");
        var unknown = UnknownFieldSet.newBuilder()
                .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        var control = sensor.control();
        control.send(SensorControl.newBuilder()
                .setHello(FakeSensor.hello().setUnknownFields(unknown))
                .build());
        assertThat(control.next().hasWelcome()).isTrue();
        assertThat(control.next().hasCaBundle()).isTrue();

        control.send(SensorControl.newBuilder().setUnknownFields(unknown).build());
        control.send(request(sensor));

        assertThat(control.next().hasCertificateIssued()).isTrue();
        sensor.close();
    }

    private static SensorControl request(FakeSensor sensor) {
        String pem = bulwark.base.tls.CertificateRequests.pem(sensor.key);
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return SensorControl.newBuilder()
                .setCertificateRequest(CertificateRequest.newBuilder().setCsrDer(ByteString.copyFrom(der)))
                .build();
    }

    @Test
    void renewsACertificateForTheStreamsOwnCluster() throws Exception {
        var sensor = central.joined("prod");
        var control = sensor.welcomed();

        control.send(request(sensor));

        var issued = control.next().getCertificateIssued();
        var certificate = Pem.certificate(issued.getCertificatePem());
        assertThat(Identity.of(certificate))
                .contains(new Identity("sensor", sensor.clusterId().toString()));
        assertThat(Pem.certificates(issued.getCaBundlePem())).hasSize(1);
        assertThat(row(sensor).certificateExpiresAt())
                .isEqualTo(certificate.getNotAfter().toInstant());
        sensor.close();
    }

    @Test
    void refusesAMalformedCertificateRequestInWords() throws Exception {
        var sensor = central.joined("prod");
        var control = sensor.welcomed();

        control.send(SensorControl.newBuilder()
                .setCertificateRequest(CertificateRequest.newBuilder().setCsrDer(ByteString.copyFromUtf8("x")))
                .build());

        Status end = control.end();
        assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(end.getDescription()).contains("certificate request");
        sensor.close();
    }

    @Test
    void tellsSensorsOfANewAuthority() throws Exception {
        var sensor = central.joined("prod");
        var control = sensor.welcomed();

        central.time.pass(Duration.ofDays(3300));
        central.watch.refreshAuthorities();

        assertThat(Pem.certificates(control.next().getCaBundle().getPem())).hasSize(2);
        sensor.close();
    }

    @Test
    void replacesTheOlderStreamOfACluster() throws Exception {
        var sensor = central.joined("prod");
        var older = sensor.welcomed();

        var newer = sensor.welcomed();

        assertThat(older.next().getGoodbye().getReason()).isEqualTo(GoodbyeReason.GOODBYE_REASON_REPLACED);
        assertThat(older.end()).isEqualTo(Status.OK);
        newer.send(request(sensor));
        assertThat(newer.next().hasCertificateIssued()).isTrue();
        assertThat(row(sensor).status()).isEqualTo(ClusterRow.Status.SYNCING);
        sensor.close();
    }

    @Test
    void replacesTheStreamThatAnotherCentralHolds() throws Exception {
        var sensor = central.joined("prod");
        var older = sensor.welcomed();
        try (var sibling = central.sibling();
                var again = sensor.again(sibling.server.port())) {
            again.welcomed();

            central.watch.checkOwnership();

            assertThat(older.next().getGoodbye().getReason()).isEqualTo(GoodbyeReason.GOODBYE_REASON_REPLACED);
        }
        sensor.close();
    }

    @Test
    void cutsARemovedClusterOffAtOnce() throws Exception {
        var sensor = central.joined("prod");
        var other = central.joined("other");
        var control = sensor.welcomed();
        var inventory = sensor.inventory();
        sensor.compare(inventory);
        var bystander = other.welcomed();

        central.removal.remove(central.database.sql(), sensor.clusterId());

        assertThat(control.next().getGoodbye().getReason()).isEqualTo(GoodbyeReason.GOODBYE_REASON_REMOVED);
        assertThat(control.end()).isEqualTo(Status.OK);
        assertThat(inventory.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        var again = sensor.control();
        again.send(SensorControl.newBuilder().setHello(FakeSensor.hello()).build());
        assertThat(again.next().getGoodbye().getReason()).isEqualTo(GoodbyeReason.GOODBYE_REASON_REMOVED);
        assertThat(sensor.inventory().end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        bystander.send(request(other));
        assertThat(bystander.next().hasCertificateIssued()).isTrue();
        sensor.close();
        other.close();
    }

    @Test
    void endsTheStreamsOfAClusterThatAnotherCentralRemoved() throws Exception {
        var sensor = central.joined("prod");
        var control = sensor.welcomed();
        try (var sibling = central.sibling()) {
            sibling.removal.remove(sibling.database.sql(), sensor.clusterId());

            central.watch.checkOwnership();
        }

        assertThat(control.next().getGoodbye().getReason()).isEqualTo(GoodbyeReason.GOODBYE_REASON_REMOVED);
        sensor.close();
    }

    @Test
    void givesUpASensorThatHasGoneSilent() throws Exception {
        var sensor = central.joined("prod");
        var control = sensor.welcomed();
        central.watch.beat();
        assertThat(control.next().hasPing()).isTrue();

        central.time.pass(ControlService.USUAL_HEARTBEAT.multipliedBy(4));
        central.watch.beat();

        assertThat(control.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        sensor.close();
    }

    @Test
    void refusesAnIdentityThatASecondKubernetesClusterUses() throws Exception {
        var sensor = central.joined("prod");
        var first = sensor.control();
        first.send(SensorControl.newBuilder()
                .setHello(FakeSensor.hello().setClusterUid("a"))
                .build());
        assertThat(first.next().hasWelcome()).isTrue();
        assertThat(first.next().hasCaBundle()).isTrue();

        var second = sensor.control();
        second.send(SensorControl.newBuilder()
                .setHello(FakeSensor.hello().setClusterUid("b"))
                .build());

        assertThat(second.next().getGoodbye().getMessage()).contains("another Kubernetes cluster");
        first.send(request(sensor));
        assertThat(first.next().hasCertificateIssued()).isTrue();
        sensor.close();
    }

    @Test
    void refusesBytesThatAreNoMessageAndGoesOnServing() throws Exception {
        var sensor = central.joined("prod");
        var raw = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(ControlGrpc.getConnectMethod().getFullMethodName())
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        var broken = Dialogue.<byte[], byte[]>open(responses ->
                ClientCalls.asyncBidiStreamingCall(sensor.channel().newCall(raw, CallOptions.DEFAULT), responses));

        broken.send(new byte[] {(byte) 0xff, (byte) 0xff, 1});

        Status end = broken.end();
        assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(end.getDescription()).contains("expected a message of this service");
        assertThat(sensor.welcomed()).isNotNull();
        sensor.close();
    }

    @Test
    void refusesAMessageThatIsTooLarge() throws Exception {
        var sensor = central.joined("prod");
        var control = sensor.welcomed();

        try (var log = new LogLines()) {
            control.send(SensorControl.newBuilder()
                    .setHello(FakeSensor.hello().setSensorVersion("x".repeat(9 << 20)))
                    .build());

            assertThat(control.end().getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
            Awaitility.await().until(() -> !log.with("too large").isEmpty());
            assertThat(log.with("too large"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("WARN", sensor.clusterId().toString(), "bulwark.wire.v1.Control/Connect", "8388608")
                    .hasLineCount(1);
        }
        assertThat(sensor.welcomed()).isNotNull();
        sensor.close();
    }

    @Test
    void showsOnlyClustersWithinTheScope() throws Exception {
        var one = central.joined("one");
        var two = central.joined("two");
        var scope = new AccessScope(java.util.Set.of(one.clusterId().toString()), java.util.Set.of());

        var page = central.clusters.list(
                scope, bulwark.central.filter.ListQuery.first(bulwark.central.filter.Filter.NONE, 10));

        assertThat(page.items()).extracting(ClusterRow::name).containsExactly("one");
        assertThat(page.total()).isEqualTo(1);
        assertThat(central.clusters.get(scope, two.clusterId())).isEmpty();
        assertThat(List.of(one, two)).allSatisfy(FakeSensor::close);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
