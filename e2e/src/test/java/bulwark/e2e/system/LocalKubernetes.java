package bulwark.e2e.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A real Kubernetes of the test's own, by the scripts of deploy/local.
public final class LocalKubernetes implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of(System.getProperty("bulwark.root")).resolve("deploy/local/cluster");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path instance;

    private LocalKubernetes(Path instance) {
        this.instance = instance;
    }

    /// Starts one with so many real nodes (0: a control plane alone); skips the test where this machine cannot.
    public static LocalKubernetes start(Path instance, int nodes) {
        require(nodes);
        var cluster = new LocalKubernetes(instance);
        Shell.output(
                List.of(SCRIPT.toString(), "up", "--instance", instance.toString(), "--nodes", String.valueOf(nodes)));
        return cluster;
    }

    /// Skips the test where this machine cannot run so many real nodes.
    public static void require(int nodes) {
        require("control-plane");
        if (nodes > 0) require("nodes");
    }

    private static void require(String what) {
        String can = Shell.output(List.of(SCRIPT.toString(), "can"));
        for (String line : can.lines().toList()) {
            if (!line.startsWith(what + " ")) continue;
            Assumptions.assumeTrue(line.startsWith(what + " yes"), "no " + what + " here: " + line);
            return;
        }
        Assumptions.abort("deploy/local does not say whether it can run " + what);
    }

    /// The administrator's kubeconfig.
    public Path kubeconfig() {
        return instance.resolve("admin.kubeconfig");
    }

    /// What kubectl answers.
    public String kubectl(String... words) {
        return Shell.output(command(words));
    }

    /// What kubectl answers, whatever its status.
    public Shell.Outcome ask(String... words) {
        return Shell.run(command(words), null, 60);
    }

    /// Applies manifests.
    public void apply(String manifests) {
        Shell.Outcome outcome =
                Shell.run(command("apply", "--server-side", "--force-conflicts", "-f", "-"), manifests, 120);
        if (outcome.status() != 0) throw new IllegalStateException("apply: " + outcome.err());
    }

    /// A fact about it from its `cluster.env`, say `HOST_ADDRESS`, at which pods reach this machine.
    public String fact(String name) {
        try (var lines = Files.lines(instance.resolve("cluster.env"))) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("cluster.env has no " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What kubectl answers to `get ... -o json`.
    public JsonNode json(String... words) {
        List<String> all = new ArrayList<>(List.of("get"));
        all.addAll(List.of(words));
        all.addAll(List.of("-o", "json"));
        try {
            return JSON.readTree(kubectl(all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts kubectl beside the test, for what goes on until it is destroyed.
    public Process startKubectl(String... words) {
        try {
            return new ProcessBuilder(command(words)).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs one of the script's other commands on this instance.
    public String script(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(SCRIPT.toString(), command, "--instance", instance.toString()));
        all.addAll(List.of(words));
        return Shell.output(all);
    }

    @Override
    public void close() {
        script("purge");
    }

    private List<String> command(String... words) {
        List<String> all = new ArrayList<>(List.of(SCRIPT.toString(), "kubectl", "--instance", instance.toString()));
        all.addAll(List.of(words));
        return all;
    }
}
