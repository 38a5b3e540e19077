package bulwark.e2e.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A real Kubernetes of the test's own, by the scripts of deploy/local.
public final class LocalKubernetes implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of(System.getProperty("bulwark.root")).resolve("deploy/local/cluster");

    private final Path instance;

    private LocalKubernetes(Path instance) {
        this.instance = instance;
    }

    /// Starts one with so many real nodes (0: a control plane alone); skips the test where this machine cannot.
    public static LocalKubernetes start(Path instance, int nodes) {
        require("control-plane");
        if (nodes > 0) require("nodes");
        var cluster = new LocalKubernetes(instance);
        Shell.output(
                List.of(SCRIPT.toString(), "up", "--instance", instance.toString(), "--nodes", String.valueOf(nodes)));
        return cluster;
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
