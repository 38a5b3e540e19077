package bulwark.central.sensor;

import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.SwappableTrustManager;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The port that Sensors speak to. Certificates are required on both sides; keys and trust are swapped in place.
public final class SensorServer implements AutoCloseable {
    // its warnings carry a stack trace for each oversized message; OversizedMessages says it in one line
    private static final Logger NETTY_STREAM = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerStream");

    static {
        NETTY_STREAM.setLevel(Level.OFF);
    }

    // A resumed session shows the certificate of the first one, and nobody looks at its time and issuer again. Java
    // sends
    // no ticket for a session that would outlive the week that TLS 1.3 allows for tickets.
    private static final int NO_RESUMPTION = Math.toIntExact(Duration.ofDays(7).toSeconds()) + 1;

    private final Server server;
    private final SensorConnections connections;

    private SensorServer(Server server, SensorConnections connections) {
        this.server = server;
        this.connections = connections;
    }

    /// How far Sensors may go, and when a connection without signs of life is given up.
    public record Limits(int messageBytes, Duration keepAlive, Duration keepAliveTimeout) {
        /// Messages of 8 MiB; dead connections are found within half a minute.
        public static final Limits USUAL = new Limits(8 << 20, Duration.ofSeconds(20), Duration.ofSeconds(10));
    }

    /// What the port shows and trusts.
    public record Tls(SwappableKeyManager key, SwappableTrustManager trust) {}

    /// Starts to listen; port 0 takes a free one.
    public static SensorServer start(
            InetSocketAddress address,
            Tls tls,
            Limits limits,
            SensorIdentity identity,
            SensorConnections connections,
            List<? extends BindableService> services)
            throws IOException {
        SslContextBuilder ssl = SslContextBuilder.forServer(tls.key())
                .trustManager(tls.trust())
                .clientAuth(ClientAuth.REQUIRE)
                .protocols("TLSv1.3");
        SslContext context = GrpcSslContexts.configure(ssl, SslProvider.JDK).build();
        context.sessionContext().setSessionTimeout(NO_RESUMPTION);
        var builder = NettyServerBuilder.forAddress(address)
                .sslContext(context)
                .directExecutor()
                .intercept(identity)
                .addStreamTracerFactory(new OversizedMessages(identity))
                .maxInboundMessageSize(limits.messageBytes())
                .maxInboundMetadataSize(16 << 10)
                .flowControlWindow(1 << 20)
                .keepAliveTime(limits.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(limits.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .handshakeTimeout(10, TimeUnit.SECONDS);
        for (BindableService service : services) builder.addService(tolerant(service.bindService()));
        return new SensorServer(builder.build().start(), connections);
    }

    private static ServerServiceDefinition tolerant(ServerServiceDefinition service) {
        var wrapped =
                ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
        for (ServerMethodDefinition<?, ?> method : service.getMethods()) add(wrapped, method);
        return wrapped.build();
    }

    private static <Q, A> void add(ServerServiceDefinition.Builder service, ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        service.addMethod(
                descriptor.toBuilder(
                                new MalformedAsNull<>(descriptor.getRequestMarshaller()),
                                descriptor.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }

    /// The port it listens on.
    public int port() {
        return server.getPort();
    }

    /// Says goodbye to all Sensors and stops.
    @Override
    public void close() {
        connections.endAll(SensorConnections.Reason.SHUTDOWN);
        server.shutdown();
        try {
            if (!server.awaitTermination(5, TimeUnit.SECONDS)) server.shutdownNow();
            connections.awaitNone(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
