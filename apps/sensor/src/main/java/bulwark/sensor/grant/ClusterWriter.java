package bulwark.sensor.grant;

import bulwark.base.UserError;
import bulwark.sensor.watch.Reason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Creates and deletes single objects at an API server, by server-side apply.
final class ClusterWriter implements AutoCloseable {
    private static final String MANAGER = "bulwark";
    private static final long SECONDS = 30;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final String server;

    ClusterWriter(HttpClient http, String server) {
        this.http = http;
        this.server = server;
    }

    /// Makes the object as the manifest says, whether it is there or not.
    void apply(String path, String manifest) throws IOException, InterruptedException {
        String query = path + "?fieldManager=" + MANAGER + "&force=true";
        check(path, send("PATCH", query, "application/apply-patch+yaml", manifest));
    }

    /// Deletes the object; false where there was none.
    boolean delete(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("DELETE", path, null, null);
        if (answer.code() == 404) return false;
        check(path, answer);
        return true;
    }

    /// What the server answers to a body, or to a GET without one.
    JsonNode ask(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body == null ? null : "application/json", body);
        check(path, answer);
        return JSON.readTree(answer.bodyString());
    }

    /// The object, empty where there is none.
    Optional<JsonNode> find(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, null, null);
        if (answer.code() == 404) return Optional.empty();
        check(path, answer);
        return Optional.of(JSON.readTree(answer.bodyString()));
    }

    private HttpResponse<String> send(String method, String path, @Nullable String type, @Nullable String body)
            throws IOException, InterruptedException {
        var request = http.newHttpRequestBuilder()
                .uri(server + path)
                .header("Accept", "application/json")
                .timeout(SECONDS, TimeUnit.SECONDS)
                .method(method, type, body)
                .build();
        try {
            return http.sendAsync(request, String.class).get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw unreachable("it did not within " + SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw unreachable("it does not: " + Reason.of(e), e);
        }
    }

    private UserError unreachable(String came, Exception cause) {
        return new UserError(
                "API server " + server,
                "it to answer",
                came,
                "check that kubectl reaches it with the same kubeconfig and context",
                cause);
    }

    private void check(String path, HttpResponse<String> answer) throws IOException {
        if (answer.code() < 300) return;
        throw new UserError(
                server + path.replaceAll("\\?.*", ""),
                "to be allowed to read and write there",
                "status " + answer.code() + message(answer.bodyString()),
                answer.code() == 401
                        ? "check the user of this context: its credentials are refused"
                        : "use a context whose user may create namespaces, ServiceAccounts and cluster roles");
    }

    private static String message(String body) {
        try {
            JsonNode message = JSON.readTree(body).path("message");
            return message.isTextual() ? ": " + message.asText() : "";
        } catch (JsonProcessingException _) {
            return " from something that is no API server"; // a proxy's page, say
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
