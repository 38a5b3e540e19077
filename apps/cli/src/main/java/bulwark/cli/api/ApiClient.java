package bulwark.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Central's API for one login. Uses the JDK's oldest HTTP client because it starts 300 ms sooner than the newer one.
public final class ApiClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(60);
    private static final int LARGEST_PROBLEM = 1 << 20;

    private final Login login;
    private final @Nullable SSLContext tls;

    public ApiClient(Login login) {
        this.login = login;
        try {
            this.tls = login.authority() == null ? null : Trust.of(login.authority());
        } catch (GeneralSecurityException | IOException e) {
            throw new CommandFailure("the saved authority of " + login.url() + " cannot be used: " + e.getMessage());
        }
    }

    /// The answer of a GET. `path` begins behind `/api/v1`.
    public JsonNode get(String path) {
        return json("GET", path, null);
    }

    /// Sends a change; the answer is a missing node where the API gives none (204).
    public JsonNode send(String method, String path, @Nullable JsonNode body) {
        return json(method, path, body);
    }

    /// Text safe to stand in a query.
    public static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Copies the body of an answer that is not JSON; the caller closes the stream.
    public InputStream download(String method, String path, JsonNode body) {
        try {
            HttpURLConnection connection = open(method, path, body);
            connection.setReadTimeout(0);
            if (connection.getResponseCode() >= 300) throw problem(connection, path);
            return connection.getInputStream();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// Calls back once when changes are being listened for, then after each, until the stream ends.
    public void onChange(Runnable listening, Runnable changed) {
        try {
            HttpURLConnection connection = open("GET", "/events", null);
            connection.setRequestProperty("Accept", "text/event-stream");
            if (connection.getResponseCode() >= 300) throw problem(connection, "/events");
            try (var lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                listening.run();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("event: changed") || line.equals("event:changed")) changed.run();
                }
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// The chain of a server that this machine does not trust, top last; empty where it is trusted already.
    public static List<X509Certificate> unknownChain(String url) {
        try {
            HttpsURLConnection known =
                    (HttpsURLConnection) URI.create(url).toURL().openConnection();
            known.setConnectTimeout((int) CONNECT.toMillis());
            known.setReadTimeout((int) CONNECT.toMillis());
            known.connect();
            known.disconnect();
            return List.of();
        } catch (SSLException e) {
            return recordChain(url);
        } catch (IOException e) {
            throw new CommandFailure(url + " cannot be reached: " + reason(e));
        }
    }

    /// SHA-256 of a certificate, as it is compared by eye.
    public static String fingerprint(X509Certificate certificate) {
        try {
            return Trust.fingerprint(certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The certificate as PEM.
    public static String pem(X509Certificate certificate) {
        try {
            return Trust.pem(certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<X509Certificate> recordChain(String url) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            HttpsURLConnection any =
                    (HttpsURLConnection) URI.create(url).toURL().openConnection();
            any.setSSLSocketFactory(Trust.recording(chain).getSocketFactory());
            any.setConnectTimeout((int) CONNECT.toMillis());
            any.setReadTimeout((int) CONNECT.toMillis());
            any.connect();
            any.disconnect();
        } catch (IOException | GeneralSecurityException e) {
            if (chain.isEmpty()) throw new CommandFailure(url + ": TLS failed: " + e.getMessage());
        }
        return chain;
    }

    private JsonNode json(String method, String path, @Nullable JsonNode body) {
        try {
            if (method.equals("PATCH")) return patch(path, body);
            HttpURLConnection connection = open(method, path, body);
            int status = connection.getResponseCode();
            if (status >= 300) throw problem(connection, path);
            if (status == 204) return JSON.missingNode();
            try (InputStream in = connection.getInputStream()) {
                return JSON.readTree(in);
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// PATCH is the one method that the old client refuses; it costs the newer one's start.
    private JsonNode patch(String path, @Nullable JsonNode body) throws IOException {
        var builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        if (tls != null) builder.sslContext(tls);
        var request = HttpRequest.newBuilder(URI.create(login.url() + "/api/v1" + path))
                .timeout(READ)
                .header("Authorization", "Bearer " + login.token())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(String.valueOf(body)))
                .build();
        try (HttpClient client = builder.build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) throw problem(answer.statusCode(), answer.body(), path);
            return JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private HttpURLConnection open(String method, String path, @Nullable JsonNode body) throws IOException {
        var connection = (HttpURLConnection)
                URI.create(login.url() + "/api/v1" + path).toURL().openConnection();
        if (tls != null && connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(tls.getSocketFactory());
        }
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) READ.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(method);
        if (!login.token().isEmpty()) connection.setRequestProperty("Authorization", "Bearer " + login.token());
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (var out = connection.getOutputStream()) {
                JSON.writeValue(out, body);
            }
        }
        return connection;
    }

    private CommandFailure problem(HttpURLConnection connection, String path) throws IOException {
        byte[] body = {};
        try (InputStream in = connection.getErrorStream()) {
            if (in != null) body = in.readNBytes(LARGEST_PROBLEM);
        }
        return problem(connection.getResponseCode(), body, path);
    }

    private CommandFailure problem(int status, byte[] body, String path) {
        var said = new StringBuilder();
        try {
            JsonNode problem = JSON.readTree(body);
            said.append(problem.path("detail").asText(problem.path("title").asText("")));
            for (JsonNode error : problem.path("errors")) {
                String wrong = error.path("field").asText() + ": "
                        + error.path("message").asText();
                if (!said.toString().contains(wrong)) said.append("; ").append(wrong);
            }
        } catch (IOException e) {
            said.setLength(0); // a proxy's page, say: its status must do
        }
        boolean callersFault = status >= 400 && status < 500 && status != 401 && !said.isEmpty();
        if (callersFault) return new CommandFailure(said.toString());
        String todo = status == 401 ? "; run `bulwark login " + login.url() + "`" : "";
        return new CommandFailure(
                login.url() + path + " answered " + status + (said.isEmpty() ? "" : ": " + said) + todo);
    }

    private CommandFailure unreachable(IOException e) {
        if (e instanceof JsonProcessingException) {
            return new CommandFailure(login.url() + " answered something that is not JSON: is it a Central?");
        }
        if (e instanceof SSLException) {
            return new CommandFailure(login.url() + " cannot be trusted: its certificate is of an unknown authority or"
                    + " another host, or has expired; `bulwark login " + login.url()
                    + "` shows it, BULWARK_CA_FILE names an authority");
        }
        String todo = e instanceof ConnectException ? "; is Central running? (`bulwark up`)" : "";
        return new CommandFailure(login.url() + " cannot be reached: " + reason(e) + todo);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
