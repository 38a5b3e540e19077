package bulwark.sensor.fake;

import bulwark.base.tls.Pem;
import bulwark.wire.v1.CaBundle;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.CertificateIssued;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.Goodbye;
import bulwark.wire.v1.GoodbyeReason;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.Hello;
import bulwark.wire.v1.Ping;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.Welcome;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Central's side of Control: welcomes, issues certificates, and says what a test asks it to.
public final class ContractControl extends ControlGrpc.ControlImplBase {
    private final Issue issue;
    private final Supplier<String> bundle;
    private final List<Hello> hellos = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Health> health = new AtomicReference<>();
    private final AtomicReference<@Nullable StreamObserver<CentralControl>> current = new AtomicReference<>();
    private final AtomicReference<@Nullable X509Certificate> shown = new AtomicReference<>();
    private final AtomicInteger pongs = new AtomicInteger();
    private volatile int heartbeatSeconds = 600;
    private volatile GoodbyeReason greeting = GoodbyeReason.GOODBYE_REASON_UNKNOWN;

    /// Notes who calls.
    final class Callers implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
            try {
                if (session != null) shown.set((X509Certificate) session.getPeerCertificates()[0]);
            } catch (SSLPeerUnverifiedException e) {
                throw new IllegalStateException("a client without a certificate was let in", e);
            }
            return next.startCall(call, headers);
        }
    }

    interface Issue {
        X509Certificate issue(String requestPem) throws IOException;
    }

    ContractControl(Issue issue, Supplier<String> bundle) {
        this.issue = issue;
        this.bundle = bundle;
    }

    /// The certificate that the client of the last stream showed.
    public @Nullable X509Certificate shown() {
        return shown.get();
    }

    /// The hellos that came, one a stream.
    public List<Hello> hellos() {
        return hellos;
    }

    /// The health told last.
    public @Nullable Health health() {
        return health.get();
    }

    /// How many pings were answered.
    public int pongs() {
        return pongs.get();
    }

    /// What the welcome says of the interval between pings.
    public void heartbeat(int seconds) {
        heartbeatSeconds = seconds;
    }

    /// Answers every hello from now on with a goodbye.
    public void refuseWith(GoodbyeReason reason) {
        greeting = reason;
    }

    /// Says a message on the present stream.
    public void say(CentralControl message) {
        StreamObserver<CentralControl> stream = current.get();
        if (stream == null) throw new IllegalStateException("nobody is connected");
        stream.onNext(message);
    }

    /// Tells the Sensor which authorities to trust.
    public void tellAuthorities() {
        say(CentralControl.newBuilder()
                .setCaBundle(CaBundle.newBuilder().setPem(bundle.get()))
                .build());
    }

    /// Pings once.
    public void ping() {
        say(CentralControl.newBuilder().setPing(Ping.newBuilder().setNonce(7)).build());
    }

    /// Ends the present stream with a reason.
    public void goodbye(GoodbyeReason reason) {
        say(goodbyeOf(reason));
    }

    private static CentralControl goodbyeOf(GoodbyeReason reason) {
        return CentralControl.newBuilder()
                .setGoodbye(Goodbye.newBuilder().setReason(reason).setMessage("a test says so"))
                .build();
    }

    @Override
    public StreamObserver<SensorControl> connect(StreamObserver<CentralControl> responses) {
        return new StreamObserver<>() {
            @Override
            public void onNext(SensorControl message) {
                switch (message.getMessageCase()) {
                    case HELLO -> hello(message.getHello(), responses);
                    case HEALTH -> health.set(message.getHealth());
                    case PONG -> pongs.incrementAndGet();
                    case CERTIFICATE_REQUEST -> renew(message, responses);
                    case MESSAGE_NOT_SET -> {}
                }
            }

            @Override
            public void onError(Throwable failure) {
                current.compareAndSet(responses, null);
            }

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }

    private void hello(Hello hello, StreamObserver<CentralControl> responses) {
        hellos.add(hello);
        health.set(hello.getHealth());
        current.set(responses);
        if (greeting != GoodbyeReason.GOODBYE_REASON_UNKNOWN) {
            responses.onNext(goodbyeOf(greeting));
            return;
        }
        responses.onNext(CentralControl.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setCentralVersion("contract")
                        .setProtocolVersion(1)
                        .setClusterId(ContractCentral.CLUSTER_ID)
                        .setClusterName("test")
                        .setServerTimeMillis(System.currentTimeMillis())
                        .setHeartbeatSeconds(heartbeatSeconds))
                .build());
    }

    private void renew(SensorControl message, StreamObserver<CentralControl> responses) {
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(
                                message.getCertificateRequest().getCsrDer().toByteArray())
                + "\n-----END CERTIFICATE REQUEST-----\n";
        try {
            responses.onNext(CentralControl.newBuilder()
                    .setCertificateIssued(CertificateIssued.newBuilder()
                            .setCertificatePem(Pem.of(issue.issue(pem)))
                            .setCaBundlePem(bundle.get()))
                    .build());
        } catch (IOException e) {
            responses.onError(e);
        }
    }
}
