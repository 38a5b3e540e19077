package bulwark.e2e.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Central's API as a program uses it, with the token that Central leaves for the owner of its data directory.
public final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;
    private final Path tokenFile;

    public Api(int port, Path data) {
        this.port = port;
        this.tokenFile = data.resolve("run/local-token");
    }

    /// The answer of a GET.
    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    /// Sends a change.
    public JsonNode send(String method, String path, @Nullable String body) {
        return call(method, path, body);
    }

    /// Every item of a list, page by page.
    public List<JsonNode> all(String path, String filter) {
        List<JsonNode> items = new ArrayList<>();
        String query = path + "?limit=500&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
        JsonNode page = get(query);
        page.path("items").forEach(items::add);
        while (page.has("next")) {
            page = get(query + "&cursor=" + URLEncoder.encode(page.get("next").asText(), StandardCharsets.UTF_8));
            page.path("items").forEach(items::add);
        }
        return items;
    }

    private JsonNode call(String method, String path, @Nullable String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                    .timeout(Duration.ofSeconds(30))
                    .header(
                            "Authorization",
                            "Bearer " + Files.readString(tokenFile).strip())
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
