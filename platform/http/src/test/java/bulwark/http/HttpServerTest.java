package bulwark.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.SwappableTrustManager;
import bulwark.base.tls.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    record Animal(String name, int legs) {
        Animal {
            if (legs < 0) throw new IllegalArgumentException("an animal has no negative legs");
        }
    }

    private static final Duration DAY = Duration.ofDays(1);

    private final AtomicInteger authorized = new AtomicInteger();
    private final LinkedBlockingQueue<EventStream.Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch streamEnded = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server =
            HttpServer.start(List.of(new Listener.Loopback("page", "127.0.0.1", 0)), service());

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private HttpService service() {
        List<Route> routes = List.of(
                Route.get(
                        "/api/animals/{name}",
                        "animal.read",
                        exchange -> exchange.answer(200, new Animal(exchange.parameter("name"), 4))),
                Route.get("/api/animals/count", "animal.read", exchange -> exchange.answer(200, "literal")),
                Route.post(
                                "/api/animals",
                                "animal.write",
                                exchange -> exchange.answer(201, exchange.json(Animal.class)))
                        .withLargestBody(1_000),
                Route.delete("/api/animals/{name}", "forbidden", Exchange::noContent),
                Route.get("/api/many", Route.PUBLIC, exchange -> exchange.answer(200, "x".repeat(5_000))),
                Route.get("/api/fault", Route.PUBLIC, _ -> {
                    throw new IllegalStateException("the secret reason");
                }),
                Route.get("/api/elsewhere", Route.PUBLIC, _ -> {
                    throw new UncheckedIOException(new ConnectException("Connection refused"));
                }),
                Route.get("/api/known", Route.PUBLIC, _ -> {
                    throw new UnsupportedOperationException();
                }),
                Route.get("/api/events", Route.PUBLIC, this::stream));
        Authorizer authorizer = (route, exchange) -> {
            authorized.incrementAndGet();
            exchange.caller("somebody");
            if (route.permission().equals("forbidden")) throw Problem.forbidden("expected the permission forbidden");
        };
        return new HttpService(
                routes,
                authorizer,
                new StaticFiles(HttpServerTest.class.getClassLoader(), "pages"),
                failure -> failure instanceof UnsupportedOperationException ? Problem.unavailable("later") : null,
                Json.mapper(),
                Metrics.unseen());
    }

    private void stream(Exchange exchange) throws InterruptedException {
        EventStream source = new EventStream() {
            @Override
            public EventStream.@Nullable Event next(Duration wait) throws InterruptedException {
                return events.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        };
        try {
            exchange.events(source, Duration.ofMillis(50));
        } finally {
            streamEnded.countDown();
        }
    }

    private HttpResponse<String> ask(String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("page") + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", "application/json");
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void answersARouteAndAuthorizesOnce() throws Exception {
        var response = ask("GET", "/api/animals/cat", null);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"name\":\"cat\",\"legs\":4}");
        assertThat(authorized.get()).isEqualTo(1);
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(ask("GET", "/api/animals/count", null).body()).isEqualTo("\"literal\"");
        assertThat(ask("HEAD", "/api/animals/cat", null).statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatIsWrongWithABodyAndWhere() throws Exception {
        assertThat(ask("POST", "/api/animals", "{\"name\":\"cat\",\"legs\":4}").statusCode())
                .isEqualTo(201);
        assertThat(ask("POST", "/api/animals", "{\"name\":\"cat\",\"legs\":\"many\"}")
                        .body())
                .contains("\"field\":\"legs\"", "expected a number");
        assertThat(ask("POST", "/api/animals", "{\"nom\":\"cat\",\"legs\":4}").body())
                .contains("\"field\":\"nom\"", "is not a field of this body");
        assertThat(ask("POST", "/api/animals", "{\"name\":\"cat\",\"legs\":-1}").body())
                .contains("an animal has no negative legs");
        assertThat(ask("POST", "/api/animals", "{\"name\":").body())
                .contains("the body is not JSON in UTF-8 at line 1");
        assertThat(ask("POST", "/api/animals", "[".repeat(500)).statusCode()).isEqualTo(400);
        assertThat(ask("POST", "/api/animals", "").statusCode()).isEqualTo(400);
        var large = ask("POST", "/api/animals", "{\"name\":\"" + "x".repeat(2_000) + "\",\"legs\":4}");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(header(large, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aBodyThatIsNotWhatItSaysIsRefusedWithItsReason() throws Exception {
        refusedBody("{\"name\":\"cat\",\"name\":\"dog\",\"legs\":4}", "in UTF-8");
        refusedBody("{\"name\":\"cat\",\"legs\":4} and more", "in UTF-8");
        refusedBody("{\"name\":\"cat\",\"legs\":null}", "\"field\":\"legs\"");
        refusedBody("{\"name\":[\"cat\"],\"legs\":4}", "\"field\":\"name\"");
        refusedBody("[]", "expected an object");
        refusedBody("null", "expected a JSON object, got null");
        refusedBody("{\"name\":\"cat\",\"legs\":" + "9".repeat(200) + "}", "\"status\":400");
        var invalid = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("page") + "/api/animals"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        "{\"name\":\"\u00e9\",\"legs\":4}".getBytes(StandardCharsets.ISO_8859_1)))
                .build();
        assertThat(client.send(invalid, HttpResponse.BodyHandlers.ofString()).body())
                .contains("\"status\":400", "\"field\":\"name\"", "expected JSON in UTF-8")
                .doesNotContain("Exception");
        var form = HttpRequest.newBuilder(invalid.uri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=cat"))
                .build();
        var refused = client.send(form, HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(refused.body()).contains("expected application/json");
    }

    private void refusedBody(String body, String reason) throws Exception {
        var answer = ask("POST", "/api/animals", body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains(reason).doesNotContain("Exception", "bulwark.http", "jackson");
    }

    @Test
    void refusesWhatIsNotAllowedNotThereOrNotMeant() throws Exception {
        assertThat(ask("DELETE", "/api/animals/cat", null).statusCode()).isEqualTo(403);
        assertThat(ask("GET", "/api/none", null).statusCode()).isEqualTo(404);
        var other = ask("PUT", "/api/animals/cat", "{}");
        assertThat(other.statusCode()).isEqualTo(405);
        assertThat(header(other, "Allow")).isEqualTo("DELETE, GET");
        assertThat(ask("GET", "/api/known", null).statusCode()).isEqualTo(503);
        assertThat(raw("GET /api/many HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("NONSENSE\r\n\r\n")).as("cut off without an answer").isEmpty();
        assertThat(raw("POST /api/animals HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("the body was cut short, or its chunks are malformed");
        assertThat(raw("GET /api/many?a=|<> HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port("page"))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            // Helidon says Connection: close and leaves closing to the client: the answer ends where its document does
            var answer = new StringBuilder();
            byte[] buffer = new byte[4_000];
            int count = socket.getInputStream().read(buffer);
            while (count > 0) {
                answer.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                if (answer.indexOf("\r\n\r\n") > 0 && answer.charAt(answer.length() - 1) == '}') break;
                count = socket.getInputStream().read(buffer);
            }
            return answer.toString();
        }
    }

    @Test
    void keepsAFaultToItselfUnderAnId() throws Exception {
        var response = ask("GET", "/api/fault", null);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("urn:bulwark:failure:")
                .doesNotContain("the secret reason", "IllegalState", "at bulwark");
    }

    @Test
    void answersAlsoWhereAConnectionOfItsOwnCannotBeMade() throws Exception {
        var response = ask("GET", "/api/elsewhere", null);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("urn:bulwark:failure:");
    }

    @Test
    void compressesWhatIsLargeForWhoTakesIt() throws Exception {
        assertThat(header(ask("GET", "/api/many", null, "Accept-Encoding", "br, gzip"), "Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(header(ask("GET", "/api/many", null, "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
                .isEmpty();
    }

    @Test
    void servesPagesTheirAssetsForEverAndTheApplicationForItsPaths() throws Exception {
        var index = ask("GET", "/", null);
        assertThat(index.body()).contains("<title>Pages</title>");
        assertThat(header(index, "Cache-Control")).isEqualTo("no-cache");
        assertThat(ask("GET", "/", null, "If-None-Match", header(index, "ETag")).statusCode())
                .isEqualTo(304);
        assertThat(ask("GET", "/alerts/0198?filter=a", null).body()).contains("<title>Pages</title>");
        var style = ask("GET", "/assets/style-1a2b3c.css", null, "Accept-Encoding", "gzip");
        assertThat(header(style, "Cache-Control")).contains("immutable");
        assertThat(header(style, "Content-Encoding")).isEqualTo("gzip");
        assertThat(ask("GET", "/assets/none.css", null).statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/../HttpServerTest.class", null).statusCode()).isIn(400, 404);
        assertThat(ask("GET", "/%2e%2e/bulwark/http/Route.class", null).statusCode())
                .isIn(400, 404);
    }

    @Test
    void streamsEventsWithHeartbeatsAndFindsAClientThatIsGone() throws Exception {
        events.add(new EventStream.Event("changed", new Animal("cat", 4)));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port("page"))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var read = new StringBuilder();
            byte[] buffer = new byte[1_000];
            while (!withoutChunks(read).contains("\n:\n") && read.length() < 20_000) {
                int count = socket.getInputStream().read(buffer);
                assertThat(count).isPositive();
                read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
            assertThat(withoutChunks(read))
                    .contains("text/event-stream")
                    .contains("event: changed\ndata: {\"name\":\"cat\",\"legs\":4}\n\n")
                    .contains("\n:\n");
        }

        assertThat(streamEnded.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String withoutChunks(CharSequence read) {
        return read.toString().replaceAll("\r\n([0-9a-f]+\r\n)?", "");
    }

    @Test
    void saysInOneLineThatItsPortIsInUse() {
        int taken = server.port("page");

        assertThatThrownBy(
                        () -> HttpServer.start(List.of(new Listener.Loopback("page", "127.0.0.1", taken)), service()))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("port " + taken + ": expected it to be free, but process "
                        + ProcessHandle.current().pid()
                        + " \\(.+\\) listens there; stop it or choose another port for page");
    }

    @Test
    void listensWithoutTlsOnLoopbackOnly() {
        assertThatThrownBy(() -> new Listener.Loopback("page", "0.0.0.0", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsANewCertificateWithoutARestart() throws Exception {
        Instant now = Instant.now();
        var authority = new CertificateAuthority(List.of(CertificateAuthority.newIssuer("test", now, DAY)));
        var grant = Grant.server(new Identity("central", "one"), List.of("127.0.0.1", "localhost"), DAY);
        var key = new SwappableKeyManager(authority.issue(grant, now));
        var listener = new Listener.Tls("api", "127.0.0.1", 0, TlsContexts.of(key, null), false);
        try (var secure = HttpServer.start(List.of(listener), service())) {
            String first = shown(authority, secure.port("api"));

            key.swap(authority.issue(grant, now));

            assertThat(first).isNotEqualTo(shown(authority, secure.port("api")));
            await().until(() -> shown(authority, secure.port("api"))
                    .equals(Certificates.fingerprint(key.current().certificate())));
        }
    }

    private static String shown(CertificateAuthority authority, int port) throws Exception {
        var trust = new SwappableTrustManager(authority.trusted());
        try (var client =
                HttpClient.newBuilder().sslContext(TlsContexts.of(null, trust)).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/api/many"))
                    .build();
            var response = client.send(request, HttpResponse.BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
            return Certificates.fingerprint(
                    (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0]);
        }
    }
}
