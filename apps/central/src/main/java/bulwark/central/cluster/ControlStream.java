package bulwark.central.cluster;

import bulwark.base.tls.Pem;
import bulwark.central.change.Change;
import bulwark.central.sensor.SensorConnections;
import bulwark.central.sensor.SensorStream;
import bulwark.central.view.ClusterRow;
import bulwark.wire.Capabilities;
import bulwark.wire.v1.CaBundle;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.CertificateIssued;
import bulwark.wire.v1.Goodbye;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.Hello;
import bulwark.wire.v1.Ping;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.Welcome;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One cluster's Control stream, from its hello to its goodbye.
final class ControlStream implements SensorStream.Handler<SensorControl>, SensorConnections.Connection {
    private static final Logger log = LoggerFactory.getLogger(ControlStream.class);
    private static final Duration WRONG_CLUSTER_RETRY = Duration.ofMinutes(5);
    private static final int LONGEST_TEXT = 300;
    private static final int MOST_ENTRIES = 200;

    private final SensorStream<SensorControl, CentralControl> stream;
    private final ControlService.Parts parts;
    private final ClusterChangeStore store = new ClusterChangeStore();
    private volatile long epoch;
    private volatile Instant heardAt;
    private @Nullable Health health;

    ControlStream(SensorStream<SensorControl, CentralControl> stream, ControlService.Parts parts) {
        this.stream = stream;
        this.parts = parts;
        this.heardAt = parts.clock().instant();
    }

    @Override
    public void opened() {}

    @Override
    public void received(SensorControl message) throws Exception {
        heardAt = parts.clock().instant();
        if (epoch == 0) {
            if (message.getMessageCase() != SensorControl.MessageCase.HELLO) {
                throw new StatusException(Status.FAILED_PRECONDITION.withDescription(
                        "the first message of a Control stream is a Hello, got " + message.getMessageCase()));
            }
            hello(message.getHello());
            return;
        }
        switch (message.getMessageCase()) {
            case HEALTH -> health(message.getHealth());
            case CERTIFICATE_REQUEST ->
                renew(message.getCertificateRequest().getCsrDer().toByteArray());
            case HELLO ->
                throw new StatusException(
                        Status.FAILED_PRECONDITION.withDescription("a Control stream has one Hello, got a second"));
            case PONG -> {} // that it came is all that counts
            case MESSAGE_NOT_SET ->
                log.atDebug().addKeyValue("cluster", clusterId()).log("skipped a message of a newer version");
        }
    }

    private void hello(Hello hello) throws InterruptedException, StatusException {
        int protocol = hello.getProtocolVersion();
        if (protocol < ControlService.OLDEST_PROTOCOL) {
            refuse("Sensor " + text(hello.getSensorVersion()) + " is too old: it speaks protocol version " + protocol
                    + ", Central " + parts.centralVersion() + " needs " + ControlService.OLDEST_PROTOCOL
                    + " or newer; upgrade Sensor");
            return;
        }
        if (protocol > ControlService.PROTOCOL) {
            refuse("Central " + parts.centralVersion() + " is too old: Sensor " + text(hello.getSensorVersion())
                    + " speaks protocol version " + protocol + ", Central up to " + ControlService.PROTOCOL
                    + "; upgrade Central first");
            return;
        }
        var introduction = new ClusterChangeStore.Introduction(
                text(hello.getSensorVersion()),
                text(hello.getKubernetesVersion()),
                text(hello.getClusterUid()),
                hello.getCapabilitiesList().stream()
                        .limit(MOST_ENTRIES)
                        .map(ControlStream::text)
                        .toList());
        Optional<ClusterChangeStore.Admitted> admitted = store.openControl(
                parts.db(), clusterId(), introduction, parts.clock().instant());
        if (admitted.isEmpty()) {
            goodbye(GoodbyeReason.GOODBYE_REASON_REMOVED, "this cluster was removed from Central", Duration.ZERO);
            return;
        }
        if (!ClusterChangeStore.isSameCluster(admitted.get().kubernetesUid(), introduction.kubernetesUid())) {
            log.atWarn()
                    .addKeyValue("cluster", clusterId())
                    .addKeyValue("name", admitted.get().clusterName())
                    .log("another Kubernetes cluster uses this cluster's identity; it is refused");
            goodbye(
                    GoodbyeReason.GOODBYE_REASON_UNKNOWN,
                    "this identity belongs to another Kubernetes cluster; register this one under a name of its own",
                    WRONG_CLUSTER_RETRY);
            return;
        }
        epoch = admitted.get().epoch();
        parts.connections().add(this);
        stream.send(CentralControl.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setCentralVersion(parts.centralVersion())
                        .setProtocolVersion(ControlService.PROTOCOL)
                        .addAllCapabilities(Capabilities.ALL)
                        .setClusterId(clusterId().toString())
                        .setClusterName(admitted.get().clusterName())
                        .setServerTimeMillis(parts.clock().millis())
                        .setHeartbeatSeconds(Math.toIntExact(parts.heartbeat().toSeconds())))
                .build());
        tellAuthorities();
        if (hello.hasHealth()) health(hello.getHealth());
        parts.changes().post(Change.of(Change.Kind.CLUSTER, clusterId().toString()));
        log.atInfo()
                .addKeyValue("cluster", clusterId())
                .addKeyValue("name", admitted.get().clusterName())
                .addKeyValue("sensor", introduction.sensorVersion())
                .log("a Sensor connected");
    }

    private void refuse(String message) throws StatusException {
        log.atWarn()
                .addKeyValue("cluster", clusterId())
                .addKeyValue("reason", message)
                .log("refused a Sensor");
        goodbye(GoodbyeReason.GOODBYE_REASON_INCOMPATIBLE, message, Duration.ZERO);
    }

    private void health(Health now) {
        boolean same = health != null && health.getMissingPermissionsList().equals(now.getMissingPermissionsList());
        health = now;
        if (same) return;
        List<ClusterRow.MissingPermission> missing = now.getMissingPermissionsList().stream()
                .limit(MOST_ENTRIES)
                .map(each -> new ClusterRow.MissingPermission(
                        text(each.getResource()), text(each.getVerb()), text(each.getReason())))
                .toList();
        store.health(parts.db(), clusterId(), missing);
        parts.changes().post(Change.of(Change.Kind.CLUSTER, clusterId().toString()));
    }

    private void renew(byte[] requestDer) throws InterruptedException, StatusException {
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(requestDer)
                + "\n-----END CERTIFICATE REQUEST-----\n";
        try {
            var certificate = parts.registrations().renew(clusterId(), pem);
            stream.send(CentralControl.newBuilder()
                    .setCertificateIssued(CertificateIssued.newBuilder()
                            .setCertificatePem(Pem.of(certificate))
                            .setCaBundlePem(parts.authorities().bundle()))
                    .build());
            log.atInfo()
                    .addKeyValue("cluster", clusterId())
                    .addKeyValue("expires", certificate.getNotAfter().toInstant())
                    .log("renewed a Sensor's certificate");
        } catch (IOException e) {
            throw new StatusException(
                    Status.INVALID_ARGUMENT.withDescription("the certificate request: " + e.getMessage()));
        }
    }

    /// Tells the Sensor which authorities to trust.
    void tellAuthorities() {
        stream.sendNow(CentralControl.newBuilder()
                .setCaBundle(CaBundle.newBuilder().setPem(parts.authorities().bundle()))
                .build());
    }

    /// When anything was heard last.
    Instant heardAt() {
        return heardAt;
    }

    /// Asks for a sign of life.
    void ping() {
        stream.sendNow(CentralControl.newBuilder()
                .setPing(Ping.newBuilder().setNonce(parts.clock().millis()))
                .build());
    }

    private void goodbye(GoodbyeReason reason, String message, Duration retryAfter) {
        stream.end(
                Status.OK,
                CentralControl.newBuilder()
                        .setGoodbye(Goodbye.newBuilder()
                                .setReason(reason)
                                .setMessage(message)
                                .setRetryAfterSeconds(Math.toIntExact(retryAfter.toSeconds())))
                        .build());
    }

    @Override
    public void closed() {
        if (epoch == 0) return;
        try {
            store.disconnected(parts.db(), clusterId(), epoch);
        } finally {
            parts.connections().remove(this);
        }
        parts.changes().post(Change.of(Change.Kind.CLUSTER, clusterId().toString()));
        log.atInfo().addKeyValue("cluster", clusterId()).log("a Sensor's Control stream ended");
    }

    @Override
    public UUID clusterId() {
        return stream.clusterId();
    }

    @Override
    public SensorConnections.Kind kind() {
        return SensorConnections.Kind.CONTROL;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void end(SensorConnections.Reason reason) {
        switch (reason) {
            case REMOVED ->
                goodbye(GoodbyeReason.GOODBYE_REASON_REMOVED, "this cluster was removed from Central", Duration.ZERO);
            case REPLACED ->
                goodbye(
                        GoodbyeReason.GOODBYE_REASON_REPLACED,
                        "another Sensor of this cluster has connected",
                        Duration.ZERO);
            case SHUTDOWN -> goodbye(GoodbyeReason.GOODBYE_REASON_SHUTDOWN, "Central is stopping", Duration.ZERO);
            case SILENT -> stream.end(Status.UNAVAILABLE.withDescription("nothing was heard for too long"), null);
        }
    }

    private static String text(String given) {
        String clean = given.replace('\0', '\ufffd');
        return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT);
    }
}
