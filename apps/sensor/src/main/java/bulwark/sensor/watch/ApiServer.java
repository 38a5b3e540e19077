package bulwark.sensor.watch;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import bulwark.wire.JsonTree;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reads from a Kubernetes API server by plain HTTP: each object goes from the stream of bytes into a [Tree] and is
/// gone again before the next is read.
public final class ApiServer implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String METADATA_LIST =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private static final String METADATA =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private static final int LONGEST_ERROR = 64 << 10;
    private static final int LONGEST_RETRY_SECONDS = 120;

    private final HttpClient http;
    private final String server;
    private final WatchLimits limits;
    private final JsonTree trees = new JsonTree(KubernetesLimits.DEFAULT);
    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    public ApiServer(HttpClient http, String server, WatchLimits limits) {
        this.http = http;
        this.server = server;
        this.limits = limits;
    }

    /// The server's address, for messages.
    public String address() {
        return server;
    }

    /// What the server says of its own version: `v1.36.2`.
    public String version() throws IOException, InterruptedException {
        try (InputStream body = get("/version", JSON, false)) {
            Tree tree = trees.read("/version", body);
            return text(tree, "gitVersion");
        } catch (MalformedFileException e) {
            throw new IOException("the API server's version is not readable: " + e.getMessage(), e);
        }
    }

    /// Reads one object, for what is asked once; a refusal is an [ApiStatusException].
    public Tree read(String path) throws IOException, InterruptedException {
        try (InputStream body = get(path, JSON, false)) {
            return trees.read(path, body);
        } catch (MalformedFileException e) {
            throw new IOException("the API server's answer is not readable: " + e.getMessage(), e);
        }
    }

    /// One page of a list. `from` is empty for the first.
    Page list(WatchedResource resource, String from, ObjectVisitor visitor) throws IOException, InterruptedException {
        int size = resource.isMetadataOnly() ? limits.metadataPageSize() : limits.pageSize();
        String path = resource.path() + "?limit=" + size + (from.isEmpty() ? "" : "&continue=" + encoded(from));
        String accept = resource.isMetadataOnly() ? METADATA_LIST : JSON;
        try (InputStream body = get(path, accept, true);
                JsonParser parser = json.createParser(body)) {
            return page(resource, parser, visitor);
        } catch (MalformedFileException e) {
            throw new IOException("the API server's list is not readable: " + e.getMessage(), e);
        }
    }

    private Page page(WatchedResource resource, JsonParser parser, ObjectVisitor visitor)
            throws IOException, MalformedFileException {
        String version = "";
        String next = "";
        parser.nextToken();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("metadata")) {
                Tree metadata = trees.next(resource.plural(), parser);
                version = text(metadata, "resourceVersion");
                next = text(metadata, "continue");
            } else if (name.equals("items") && parser.isExpectedStartArrayToken()) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    if (trees.next(resource.plural(), parser) instanceof Tree.Mapping object) visitor.visit("", object);
                }
            } else {
                parser.skipChildren();
            }
        }
        if (version.isEmpty()) throw new IOException("the list of " + resource.plural() + " has no resourceVersion");
        return new Page(version, next);
    }

    /// Follows changes from a version on, until the server ends the watch. Bookmarks and errors are visited too;
    /// `opened` is called once the server has agreed.
    void watch(WatchedResource resource, String version, Duration timeout, Runnable opened, ObjectVisitor visitor)
            throws IOException, InterruptedException {
        String path = resource.path() + "?watch=1&allowWatchBookmarks=true&resourceVersion=" + encoded(version)
                + "&timeoutSeconds=" + Math.max(1, timeout.toSeconds());
        String accept = resource.isMetadataOnly() ? METADATA : JSON;
        try (InputStream body = get(path, accept, true)) {
            opened.run();
            watch(resource, body, visitor);
        } catch (MalformedFileException e) {
            throw new IOException("the API server's watch is not readable: " + e.getMessage(), e);
        }
    }

    private void watch(WatchedResource resource, InputStream body, ObjectVisitor visitor)
            throws IOException, MalformedFileException {
        try (JsonParser parser = json.createParser(body)) { // waits for the first bytes
            while (parser.nextToken() != null) {
                if (trees.next(resource.plural(), parser) instanceof Tree.Mapping event
                        && event.entries().get("object") instanceof Tree.Mapping object) {
                    visitor.visit(text(event, "type"), object);
                }
            }
        }
    }

    private InputStream get(String path, String accept, boolean streaming) throws IOException, InterruptedException {
        var request = http.newHttpRequestBuilder().uri(server + path).header("Accept", accept);
        if (streaming) {
            request.forStreaming();
        } else {
            request.timeout(limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
        var answer = http.sendAsync(request.build(), InputStream.class);
        HttpResponse<InputStream> response;
        try {
            response = answer.get(limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new InterruptedIOException(
                    "no answer within " + limits.requestTimeout().toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(message(e.getCause()), e);
        }
        InputStream body = new IdleStream(response.body(), limits.idle());
        if (response.code() == 200) return body;
        try (body) {
            throw new ApiStatusException(response.code(), statusMessage(response.code(), body), retryAfter(response));
        }
    }

    private String statusMessage(int code, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST_ERROR);
        try {
            String message = text(trees.read("status", bytes), "message");
            if (!message.isEmpty()) return message;
        } catch (MalformedFileException _) {
            // proxies answer in other formats: the status alone has to do
        }
        return "HTTP status " + code;
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String value = response.header("Retry-After");
        if (value == null || !value.matches("\\d{1,6}")) return Duration.ZERO;
        return Duration.ofSeconds(Math.min(Integer.parseInt(value), LONGEST_RETRY_SECONDS));
    }

    static String text(Tree tree, String name) {
        return tree instanceof Tree.Mapping mapping && mapping.entries().get(name) instanceof Tree.Text text
                ? text.value()
                : "";
    }

    private static String message(@Nullable Throwable cause) {
        return cause == null || cause.getMessage() == null ? "the request failed" : cause.getMessage();
    }

    private static String encoded(String value) {
        return java.net.URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }

    /// Where a list stands: its version, and from where its next page begins (empty at its end).
    record Page(String version, String next) {}

    /// Takes one object; `event` is empty in lists.
    interface ObjectVisitor {
        void visit(String event, Tree.Mapping object) throws IOException;
    }
}
