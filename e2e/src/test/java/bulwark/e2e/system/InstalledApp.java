package bulwark.e2e.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/// Central or Sensor, installed in a cluster by its plain manifests. It is one pod.
public final class InstalledApp {
    private static final Path MANIFESTS =
            Path.of(System.getProperty("bulwark.root")).resolve("deploy/manifests");

    private final LocalKubernetes cluster;
    private final String name;
    private final String namespace;

    public InstalledApp(LocalKubernetes cluster, String name, String namespace) {
        this.cluster = cluster;
        this.name = name;
        this.namespace = namespace;
    }

    /// Makes its namespace alone, for what has to be there before its pod.
    public void applyNamespace() {
        cluster.apply(read(MANIFESTS.resolve(name).resolve("1-namespace.yaml")));
    }

    /// Applies its manifests with other addresses in them.
    public void apply(UnaryOperator<String> addresses) {
        try (var files = Files.list(MANIFESTS.resolve(name))) {
            List<String> texts = files.sorted().map(InstalledApp::read).toList();
            cluster.apply(addresses.apply(String.join("\n---\n", texts)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What kubectl answers in its namespace.
    public String kubectl(String... words) {
        List<String> all = new ArrayList<>(List.of("-n", namespace));
        all.addAll(List.of(words));
        return cluster.kubectl(all.toArray(String[]::new));
    }

    /// Makes a Secret with one entry.
    public void secret(String secret, String key, String value) {
        kubectl("create", "secret", "generic", secret, "--from-literal=" + key + "=" + value);
    }

    /// Its pod now.
    public JsonNode pod() {
        return cluster.json("pods", "-n", namespace, "-l", "app.kubernetes.io/name=bulwark-" + name)
                .path("items")
                .path(0);
    }

    /// Waits until its pod is ready.
    public void awaitReady() {
        awaitReadyOtherThan("");
    }

    /// Deletes its pod and waits for the next one to be ready.
    public void replacePod() {
        JsonNode pod = pod();
        kubectl("delete", "pod", pod.path("metadata").path("name").asText());
        awaitReadyOtherThan(pod.path("metadata").path("uid").asText());
    }

    private void awaitReadyOtherThan(String uid) {
        Awaitility.await(name + " as a pod")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        this::pod,
                        pod -> isReady(pod)
                                && !pod.path("metadata").path("uid").asText().equals(uid));
    }

    private static boolean isReady(JsonNode pod) {
        return pod.path("status")
                .path("containerStatuses")
                .path(0)
                .path("ready")
                .asBoolean();
    }
}
