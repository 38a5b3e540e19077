package bulwark.sensor.fake;

import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.base.tls.Issuer;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.SwappableTrustManager;
import bulwark.base.tls.TlsContexts;
import bulwark.wire.RegistrationLine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A Central that keeps to the contract and no more: it lets Sensors join over HTTPS, takes their streams over mutual
/// TLS, and keeps the documents in memory. It can be stopped and started again on the same port.
public final class ContractCentral implements AutoCloseable {
    /// The cluster that joins.
    public static final String CLUSTER_ID = "0198f0a2-0000-7000-8000-000000000001";

    private static final JsonMapper JSON = new JsonMapper();

    private volatile CertificateAuthority authority = new CertificateAuthority(List.of(issuer()));
    private final SwappableKeyManager shown = new SwappableKeyManager(serverKey());
    private final SwappableTrustManager trust = new SwappableTrustManager(authority.trusted());
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final ContractInventory inventory = new ContractInventory();
    private final ContractControl control;
    private final SaidBySensor said = new SaidBySensor();
    private volatile List<BindableService> services;
    private final HttpsServer https;
    private volatile Duration validity = Duration.ofHours(1);
    private @Nullable Server grpc;
    private int grpcPort;
    private volatile int announcedPort;

    public ContractCentral() {
        this.control = new ContractControl(this::renewed, this::bundle);
        this.services = List.of(control, inventory);
        try {
            https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            https.setHttpsConfigurator(new HttpsConfigurator(TlsContexts.of(shown, null)));
            https.createContext("/api/v1/join", this::join);
            https.start();
            start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Issuer issuer() {
        return CertificateAuthority.newIssuer("test", Instant.now(), Duration.ofDays(1));
    }

    private KeyAndChain serverKey() {
        KeyAndChain server = authority.issue(
                Grant.server(new Identity("central", "test"), List.of("127.0.0.1", "localhost"), Duration.ofHours(20)),
                Instant.now());
        return new KeyAndChain(
                server.key(), List.of(server.certificate(), authority.signing().certificate()));
    }

    /// Makes a new authority, which signs Sensors' certificates from now on; the one before is still trusted and shown.
    public void beginRotation() {
        authority = authority.with(issuer(), Instant.now());
        trust.swap(authority.trusted());
    }

    /// Shows a certificate of the new authority from the next connection on.
    public void showNewAuthority() {
        shown.swap(serverKey());
    }

    /// Trusts the new authority alone.
    public void endRotation() {
        authority = new CertificateAuthority(List.of(authority.signing()));
        trust.swap(authority.trusted());
    }

    /// The authority that signs.
    public X509Certificate signing() {
        return authority.signing().certificate();
    }

    /// Tells Sensors that join from now on to come to another port, say that of a proxy.
    public void announce(int port) {
        announcedPort = port;
    }

    /// Where streams are taken.
    public int grpcPort() {
        return grpcPort;
    }

    /// Takes streams, on the port that it had before.
    public void start() throws IOException {
        var tls = GrpcSslContexts.configure(SslContextBuilder.forServer(shown), SslProvider.JDK)
                .trustManager(trust)
                .clientAuth(ClientAuth.REQUIRE)
                .build();
        tls.sessionContext()
                .setSessionTimeout(Math.toIntExact(Duration.ofDays(8).toSeconds())); // no resumption
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), grpcPort))
                .sslContext(tls)
                .maxInboundMessageSize(8 << 20)
                .intercept(said)
                .intercept(control.new Callers())
                .directExecutor();
        for (BindableService each : services) builder.addService(each);
        grpc = builder.build().start();
        grpcPort = grpc.getPort();
    }

    /// Breaks every stream and takes none; what is stored stays.
    public void stop() throws InterruptedException {
        if (grpc != null) grpc.shutdownNow().awaitTermination();
        inventory.forgetStreams();
    }

    /// A registration that works once.
    public RegistrationLine registration() {
        String secret = "secret-" + Math.abs(System.nanoTime()) + "-abcdefgh";
        secrets.add(secret);
        return new RegistrationLine(
                List.of(URI.create("https://127.0.0.1:" + https.getAddress().getPort())),
                Certificates.fingerprint(authority.signing().certificate()),
                secret);
    }

    /// Everything that Sensors have said.
    public SaidBySensor said() {
        return said;
    }

    /// Takes streams by other services from now on.
    public void serve(List<BindableService> others) throws IOException, InterruptedException {
        stop();
        services = others;
        start();
    }

    /// How long the certificates are good for that are issued from now on.
    public void issueFor(Duration duration) {
        validity = duration;
    }

    /// What it has stored.
    public ContractInventory inventory() {
        return inventory;
    }

    /// Its side of the Control streams.
    public ContractControl control() {
        return control;
    }

    private X509Certificate renewed(String requestPem) throws IOException {
        return authority.issue(requestPem, Grant.client(new Identity("cluster", CLUSTER_ID), validity), Instant.now());
    }

    private String bundle() {
        return Pem.of(authority.trusted());
    }

    private void join(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            var answer = JSON.createObjectNode();
            int status = 201;
            if (secrets.remove(request.path("secret").asText())) {
                answer.put("clusterId", CLUSTER_ID)
                        .put("certificate", Pem.of(renewed(request.path("csr").asText())))
                        .put("authorities", bundle())
                        .put("grpcPort", announcedPort == 0 ? grpcPort : announcedPort);
            } else {
                status = 403;
                answer.put("title", "Forbidden").put("detail", "the registration is unknown, used or expired");
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        https.stop(0);
        if (grpc != null) grpc.shutdownNow();
    }
}
