package bulwark.e2e.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// Central as a pod, its page's port of loopback forwarded to this machine while this is open.
public final class CentralPod implements AutoCloseable {
    private static final Pattern PASSWORD = Pattern.compile("Sign in as admin with the password (\\S+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InstalledApp app;
    private final PortForward page;

    private CentralPod(InstalledApp app, PortForward page) {
        this.app = app;
        this.page = page;
    }

    /// Installs it, with its data in a folder of the one node, since this cluster has no storage class.
    public static InstalledApp install(LocalKubernetes cluster, String address, Path data) throws IOException {
        cluster.apply("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: central}
                spec:
                  capacity: {storage: 20Gi}
                  accessModes: [ReadWriteOnce]
                  local: {path: %s}
                  nodeAffinity:
                    required:
                      nodeSelectorTerms:
                      - matchExpressions: [{key: kubernetes.io/hostname, operator: Exists}]
                """.formatted(Files.createDirectories(data)));
        var app = new InstalledApp(cluster, "central", "bulwark-central");
        app.applyNamespace();
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        app.secret("bulwark-central-key", "secret.key", Base64.getEncoder().encodeToString(key));
        app.apply(manifests -> manifests
                .replace("--host=bulwark-central.bulwark-central.svc", "--host=" + address)
                .replace("spec:\n  selector:\n    app", "spec:\n  clusterIP: " + address + "\n  selector:\n    app"));
        app.awaitReady();
        return app;
    }

    /// Forwards the page's port of the pod that runs now.
    public static CentralPod open(LocalKubernetes cluster, InstalledApp app) {
        return new CentralPod(app, new PortForward(cluster, "bulwark-central", "pod/bulwark-central-0", 8080));
    }

    /// What is answered to whoever has not signed in.
    public String get(String path) throws IOException {
        try (var body = uri(path).toURL().openStream()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    /// The status of the answer to signing in with the password that Central shows once, in its log.
    public int signIn() throws IOException, InterruptedException {
        var shown = PASSWORD.matcher(app.kubectl("logs", "bulwark-central-0"));
        if (!shown.find()) throw new IllegalStateException("the log shows no password");
        var login = JSON.createObjectNode().put("username", "admin").put("password", shown.group(1));
        var request = HttpRequest.newBuilder(uri("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(login.toString()))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /// The API, with the token for whoever may read Central's data directory; it is written to `folder`.
    public Api api(Path folder) throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        String read = "read token < /data/central/run/local-token; echo $token";
        Files.writeString(run.resolve("local-token"), app.kubectl("exec", "bulwark-central-0", "--", "sh", "-c", read));
        return new Api(page.port(), folder);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + page.port() + path);
    }

    @Override
    public void close() {
        page.close();
    }
}
