package bulwark.http;

import bulwark.base.FreePort;
import bulwark.base.UserError;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// An HTTP server on one or more listeners, each request on a virtual thread of its own.
public final class HttpServer implements AutoCloseable {
    private static final long LARGEST_PAYLOAD = 64 << 20;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int LARGEST_HEADERS = 32 << 10;
    private static final String UNREADABLE = "the request is malformed, or its first line or headers are larger than "
            + (LARGEST_HEADERS >> 10) + " KiB";
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final WebServer server;
    private final Map<String, String> sockets;
    private final List<Route> routes;
    private final AtomicBoolean stopping;

    private HttpServer(WebServer server, Map<String, String> sockets, List<Route> routes, AtomicBoolean stopping) {
        this.server = server;
        this.sockets = sockets;
        this.routes = routes;
        this.stopping = stopping;
    }

    /// Starts serving; a port in use is a [UserError].
    public static HttpServer start(List<Listener> listeners, HttpService service) {
        if (listeners.isEmpty()) throw new IllegalArgumentException("a server needs a listener");
        var stopping = new AtomicBoolean();
        var sockets = new LinkedHashMap<String, String>();
        var builder = WebServer.builder().featuresDiscoverServices(false).shutdownHook(false);
        for (Listener listener : listeners) {
            boolean first = sockets.isEmpty();
            sockets.put(listener.name(), first ? WebServer.DEFAULT_SOCKET_NAME : listener.name());
            var handler = new RequestHandler(service, listener, stopping::get);
            if (first) configure(builder, listener, service, handler);
            else builder.putSocket(listener.name(), socket -> configure(socket, listener, service, handler));
        }
        // Helidon logs a failed bind and goes on: so each address is tried before, and looked at after
        listeners.forEach(HttpServer::checkFree);
        WebServer server = builder.build().start();
        for (Map.Entry<String, String> socket : sockets.entrySet()) {
            if (server.port(socket.getValue()) <= 0) {
                server.stop();
                throw new UserError(
                        "listening as " + socket.getKey(),
                        "a free port",
                        "it could not be had",
                        "stop what listens there or choose another port");
            }
        }
        return new HttpServer(server, sockets, service.routes(), stopping);
    }

    private static void checkFree(Listener listener) {
        FreePort.check(
                new InetSocketAddress(listener.host(), listener.port()),
                "stop it or choose another port for " + listener.name());
    }

    private static void configure(
            ListenerConfig.BuilderBase<?, ?> builder, Listener listener, HttpService service, RequestHandler handler) {
        builder.host(listener.host())
                .port(listener.port())
                // each route has its own, smaller limit; passing this one closes the connection without an answer
                .maxPayloadSize(Math.max(service.largestBody(), LARGEST_PAYLOAD))
                .maxTcpConnections(MOST_CONNECTIONS)
                .idleConnectionTimeout(IDLE)
                .shutdownGracePeriod(GRACE)
                // an answer in two packets would wait 40 ms for the first one's acknowledgement
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .protocolsDiscoverServices(false)
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(LARGEST_HEADERS)
                        .maxPrologueLength(8 << 10)
                        .build())
                .directHandlers(directHandlers())
                .routing(HttpRouting.builder().any(handler::handle));
        if (listener instanceof Listener.Tls tls) {
            builder.tls(Tls.builder()
                    .sslContext(tls.context())
                    .addEnabledProtocol("TLSv1.3")
                    .addEnabledProtocol("TLSv1.2")
                    .addApplicationProtocol("http/1.1")
                    .clientAuth(tls.asksForCertificate() ? TlsClientAuth.OPTIONAL : TlsClientAuth.NONE)
                    .build());
        }
    }

    /// Answers to what is no HTTP request that we could route: malformed, too long.
    private static DirectHandlers directHandlers() {
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (_, _, status, headers, _) -> {
                String title = status.reasonPhrase().isEmpty() ? "Error" : status.reasonPhrase();
                String body = "{\"type\":\"about:blank\",\"title\":\"" + title.replaceAll("[^A-Za-z -]", "")
                        + "\",\"status\":" + status.code() + ",\"detail\":\"" + UNREADABLE + "\"}";
                SecurityHeaders.addTo(headers);
                headers.set(HeaderNames.CONTENT_TYPE, "application/problem+json");
                return DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .keepAlive(false)
                        .entity(body.getBytes(StandardCharsets.UTF_8))
                        .build();
            });
        }
        return handlers.build();
    }

    /// The port of a listener, by its name; the one taken where 0 was given.
    public int port(String listener) {
        String socket = sockets.get(listener);
        if (socket == null) throw new IllegalArgumentException("no listener of that name: " + listener);
        return server.port(socket);
    }

    /// All that can be asked of this server.
    public List<Route> routes() {
        return routes;
    }

    /// Ends event streams, lets running requests finish for a moment, and stops.
    @Override
    public void close() {
        stopping.set(true);
        server.stop();
    }
}
