package bulwark.sensor.grant;

import bulwark.base.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
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
        this.server = server.replaceAll("/+$", "");
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
            throw new IOException(server + " did not answer within " + SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private void check(String path, HttpResponse<String> answer) throws IOException {
        if (answer.code() < 300) return;
        String said = "status " + answer.code();
        JsonNode message = JSON.readTree(answer.bodyString()).path("message");
        if (message.isTextual()) said += ": " + message.asText();
        throw new UserError(
                server + path.replaceAll("\\?.*", ""),
                "to be allowed to write there",
                said,
                "use a context whose user may create namespaces, ServiceAccounts and cluster roles");
    }

    @Override
    public void close() {
        http.close();
    }
}
