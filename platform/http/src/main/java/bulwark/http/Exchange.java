package bulwark.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One request and its answer. Used by the thread that handles the request, and by no other.
public final class Exchange {
    private static final long MOST_DRAINED = 16 << 20;

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final ServerRequest request;
    private final ServerResponse response;
    private final Map<String, String> parameters;
    private final long largestBody;
    private final ObjectMapper mapper;
    private final BooleanSupplier stopping;
    private @Nullable Object caller;
    private boolean streaming;
    private boolean unreadable;

    Exchange(
            ServerRequest request,
            ServerResponse response,
            Map<String, String> parameters,
            long largestBody,
            ObjectMapper mapper,
            BooleanSupplier stopping) {
        this.request = request;
        this.response = response;
        this.parameters = Map.copyOf(parameters);
        this.largestBody = largestBody;
        this.mapper = mapper;
        this.stopping = stopping;
    }

    /// The HTTP method, in upper case.
    public String method() {
        return request.prologue().method().text();
    }

    /// The path, decoded, without the query.
    public String path() {
        return request.path().path();
    }

    /// The value of `{name}` in the route's template.
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) throw new IllegalArgumentException("the route's template has no {" + name + "}");
        return value;
    }

    /// The first value of a query parameter.
    public Optional<String> query(String name) {
        return request.query().contains(name) ? Optional.of(request.query().get(name)) : Optional.empty();
    }

    /// All values of a query parameter.
    public List<String> queryAll(String name) {
        return request.query().contains(name) ? request.query().all(name) : List.of();
    }

    /// The first value of a header.
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /// The value of a cookie.
    public Optional<String> cookie(String name) {
        return request.headers().cookies().first(name).asOptional();
    }

    /// Where the connection comes from: an address, never a name that the client gives.
    public String remoteAddress() {
        return request.remotePeer().host();
    }

    /// The listener that took the request.
    public String listener() {
        return request.serverSocketId();
    }

    /// Whether it came over TLS.
    public boolean isSecure() {
        return request.isSecure();
    }

    /// The certificate that the client showed, verified in the handshake.
    public Optional<X509Certificate> clientCertificate() {
        return request.remotePeer()
                .tlsCertificates()
                .filter(chain -> chain.length > 0 && chain[0] instanceof X509Certificate)
                .map(chain -> (X509Certificate) chain[0]);
    }

    /// Leaves with the exchange who the caller is; done by the authorizer.
    public void caller(Object who) {
        this.caller = who;
    }

    /// Who the caller is, as the authorizer left it.
    public <T> T caller(Class<T> type) {
        if (!type.isInstance(caller)) throw new IllegalStateException("the authorizer left no " + type.getSimpleName());
        return type.cast(caller);
    }

    /// The body, at most as large as the route allows.
    public byte[] bytes() throws IOException {
        if (!request.content().hasEntity()) return new byte[0];
        try {
            return read();
        } catch (Problem | RequestException | CloseConnectionException | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException _) { // what Helidon throws where the transfer itself is malformed
            unreadable = true;
            throw Problem.badRequest("the body was cut short, or its chunks are malformed");
        }
    }

    // not closed where reading it fails: closing reads on to an end that a malformed body may not have
    private byte[] read() throws IOException {
        InputStream in = request.content().inputStream();
        boolean announced = request.headers().contentLength().orElse(0) > largestBody;
        byte[] body = announced ? new byte[0] : in.readNBytes(Math.toIntExact(largestBody) + 1);
        boolean tooLarge = announced || body.length > largestBody;
        if (tooLarge) drain(in);
        in.close();
        if (tooLarge) throw Problem.tooLarge(largestBody);
        return body;
    }

    /// Reads a body that nobody asked for, so that its sender is done before the answer comes: a connection that is
    /// closed while it still sends would lose the answer.
    void discardBody() {
        if (unreadable) header("Connection", "close"); // where its end is nobody knows
        if (unreadable || !request.content().hasEntity() || request.content().consumed()) return;
        try (InputStream in = request.content().inputStream()) {
            drain(in);
        } catch (IOException | RuntimeException e) {
            header("Connection", "close");
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[16 << 10];
        long left = MOST_DRAINED;
        for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) left -= read;
    }

    /// The body as a stream, for what is larger than memory; reading beyond the route's limit is a [Problem].
    public InputStream stream() {
        return request.content().hasEntity()
                ? new BoundedBody(request.content().inputStream(), largestBody)
                : new ByteArrayInputStream(new byte[0]);
    }

    /// The body read as JSON; what is malformed, unknown or missing is a [Problem] that says where.
    public <T> T json(Class<T> type) throws IOException {
        String contentType = header("Content-Type").orElse("application/json");
        if (!contentType.startsWith("application/json")) {
            throw Problem.of(415, "Media type not supported", "expected application/json");
        }
        byte[] body = bytes();
        if (body.length == 0) throw Problem.badRequest("expected a JSON body, got none");
        T value;
        try {
            value = mapper.readValue(body, type);
        } catch (JsonMappingException e) {
            throw JsonProblems.of(e);
        } catch (JsonProcessingException e) {
            throw JsonProblems.of(e);
        }
        if (value == null) throw Problem.badRequest("expected a JSON object, got null");
        return value;
    }

    /// Adds a header to the answer.
    public void answerHeader(String name, String value) {
        response.headers().add(HeaderNames.create(name), value);
    }

    /// Answers with a JSON document.
    public void answer(int status, Object document) throws IOException {
        answer(status, "application/json", mapper.writeValueAsBytes(document));
    }

    /// Answers 204: done, and there is nothing to say.
    public void noContent() {
        response.status(Status.NO_CONTENT_204).send();
    }

    /// Answers with a text that is ready.
    public void text(int status, String contentType, String text) throws IOException {
        answer(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    void answer(int status, String contentType, byte[] body) throws IOException {
        response.status(Status.create(status));
        header("Content-Type", contentType);
        if (!response.headers().contains(HeaderNames.CACHE_CONTROL)) header("Cache-Control", "no-store");
        byte[] sent = body;
        if (Gzip.isWorthIt(contentType, body.length)) {
            response.headers().add(HeaderNames.VARY, "Accept-Encoding");
            if (Gzip.isAccepted(header("Accept-Encoding").orElse(""))) {
                header("Content-Encoding", "gzip");
                sent = Gzip.of(body);
            }
        }
        send(sent);
    }

    /// Sends what was made before, compressed or not.
    void send(byte[] body) {
        if (method().equals("HEAD")) {
            header("Content-Length", Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }

    void status(int status) {
        response.status(Status.create(status));
    }

    void header(String name, String value) {
        response.headers().set(HeaderNames.create(name), value);
    }

    /// Answers with a body that is written piece by piece.
    public OutputStream answerStream(int status, String contentType) {
        status(status);
        header("Content-Type", contentType);
        header("Cache-Control", "no-store");
        streaming = true;
        return response.outputStream();
    }

    /// Answers with server-sent events until the client is gone, the source ends or the server stops. Every 15 seconds
    /// without an event a comment is sent, which is how a client that is gone is found.
    public void events(EventStream source) throws InterruptedException {
        events(source, HEARTBEAT);
    }

    void events(EventStream source, Duration heartbeat) throws InterruptedException {
        header("X-Accel-Buffering", "no");
        new EventWriter(mapper, stopping, heartbeat).write(source, answerStream(200, "text/event-stream"));
    }

    boolean isAnswered() {
        return streaming || response.isSent();
    }
}
