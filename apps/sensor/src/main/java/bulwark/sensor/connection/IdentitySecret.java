package bulwark.sensor.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import bulwark.base.UserError;
import bulwark.sensor.watch.ApiStatusException;
import bulwark.sensor.watch.ClusterAccess;
import bulwark.sensor.watch.Reason;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The identity in one Secret of Sensor's own namespace, so that a pod's successor on any node is the same Sensor. The
/// Secret is there before: its role names it, and RBAC cannot name what is yet to be created.
public record IdentitySecret(ClusterAccess access, String namespace, String name) implements IdentityPlace {
    private static final String KEY = "identity";
    private static final long SECONDS = 30;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String where() {
        return "Secret " + namespace + "/" + name;
    }

    @Override
    public Optional<SensorIdentity> load() throws IOException {
        try {
            String kept = send("GET", null).path("data").path(KEY).asText();
            if (kept.isEmpty()) return Optional.empty();
            return Optional.of(
                    SensorIdentity.parse(new String(Base64.getDecoder().decode(kept), UTF_8), where()));
        } catch (ApiStatusException e) {
            if (!e.isRefusal()) throw e;
            throw new UserError(
                    where(),
                    "a Secret that Sensor may read and change",
                    String.valueOf(e.getMessage()),
                    "apply the manifests of deploy/manifests/sensor",
                    e);
        }
    }

    @Override
    public void save(SensorIdentity identity) throws IOException {
        put(Base64.getEncoder().encodeToString(identity.text().getBytes(UTF_8)));
    }

    @Override
    public void delete() throws IOException {
        put(null);
    }

    private void put(@Nullable String value) throws IOException {
        var fields = JSON.createObjectNode();
        fields.putObject("data").put(KEY, value);
        send("PATCH", fields);
    }

    private String path() {
        return "/api/v1/namespaces/" + namespace + "/secrets/" + name;
    }

    /// A connection for each request: there are a few in a year. The server's refusal is an [ApiStatusException].
    private JsonNode send(String method, @Nullable JsonNode patch) throws IOException {
        return access.openWriter((http, server) -> new Exchange(http, server + path()))
                .send(method, patch);
    }

    private record Exchange(HttpClient http, String url) {
        JsonNode send(String method, @Nullable JsonNode patch) throws IOException {
            try (http) {
                var request = http.newHttpRequestBuilder()
                        .uri(url)
                        .header("Accept", "application/json")
                        .timeout(SECONDS, TimeUnit.SECONDS)
                        .method(
                                method,
                                patch == null ? null : "application/merge-patch+json",
                                patch == null ? null : patch.toString())
                        .build();
                var answer = http.sendAsync(request, String.class).get(SECONDS, TimeUnit.SECONDS);
                if (answer.code() == 200) return JSON.readTree(answer.bodyString());
                throw new ApiStatusException(answer.code(), url + " answered status " + answer.code(), Duration.ZERO);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var interrupted = new InterruptedIOException("interrupted while asking for " + url);
                interrupted.initCause(e);
                throw interrupted;
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException(url + " cannot be asked: " + Reason.of(e), e);
            }
        }
    }
}
