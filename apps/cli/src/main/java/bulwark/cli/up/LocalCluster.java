package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Kubernetes of our own, by the scripts of deploy/local. Each runs in a session of its own, so that Ctrl-C reaches
/// the supervisor alone, which ends it.
final class LocalCluster {
    private static final String FAILED = "cluster: ";

    private final Instance instance;
    private final Consumer<String> say;
    private final Object lock = new Object();

    /// The script that builds or starts; guarded by `lock`.
    private @Nullable Process running;

    private boolean stopping;

    LocalCluster(Instance instance, Consumer<String> say) {
        this.instance = instance;
        this.say = say;
    }

    /// What this machine can run (`control-plane`, `nodes`, `fake-nodes`): `yes`, or `no` and the reason.
    static Map<String, String> can() {
        Map<String, String> can = new LinkedHashMap<>();
        for (String line : Programs.output(Programs.cluster("can")).lines().toList()) {
            int end = line.indexOf(' ');
            if (end > 0) can.put(line.substring(0, end), line.substring(end + 1).strip());
        }
        return can;
    }

    /// Builds what is not in the cache, starts the cluster, and returns the administrator's kubeconfig.
    Path start(Map<String, String> can) {
        boolean nodes = can.getOrDefault("nodes", "no").startsWith("yes");
        boolean fake = can.getOrDefault("fake-nodes", "no").startsWith("yes");
        if (!nodes) {
            say.accept("The local cluster gets " + (fake ? "fake nodes" : "no nodes") + ", no real ones: "
                    + can.getOrDefault("nodes", "unknown"));
        }
        say.accept("Starting the local cluster" + (nodes ? " with two nodes" : "")
                + (can.getOrDefault("nodes", "").endsWith("unbuilt") ? "; its parts are built first, once" : ""));
        List<String> up = new ArrayList<>(List.of("up"));
        if (nodes) up.addAll(List.of("--nodes", "2"));
        else up.addAll(fake ? List.of("--nodes", "0", "--fake-nodes", "2") : List.of("--nodes", "0"));
        run(up, say);
        return instance.cluster().resolve("admin.kubeconfig");
    }

    void sample() {
        run(List.of("sample"), say);
    }

    /// Ends what is being started, then the cluster; its data stays.
    void stop() {
        synchronized (lock) {
            stopping = true;
            if (running != null) {
                running.descendants().forEach(ProcessHandle::destroy);
                running.destroy();
            }
        }
        runAnyway(List.of("down"), _ -> {});
    }

    /// Stops the cluster, deletes its data and undoes what was changed on this machine.
    void purge() {
        runAnyway(List.of("purge", "--host"), say);
    }

    private void run(List<String> arguments, Consumer<String> lines) {
        synchronized (lock) {
            if (stopping) throw new CommandFailure("the local cluster is being stopped");
            running = launch(arguments);
        }
        finish(running, lines);
    }

    private void runAnyway(List<String> arguments, Consumer<String> lines) {
        finish(launch(arguments), lines);
    }

    private Process launch(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(Programs.cluster(arguments.toArray(String[]::new)));
        words.addAll(List.of("--instance", instance.cluster().toString()));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new CommandFailure("the local cluster's script cannot be started: " + e.getMessage());
        }
    }

    /// Passes on what the script says; the line with which it fails becomes the failure.
    private static void finish(Process process, Consumer<String> lines) {
        String failed = "its script ended without a reason";
        try (var said = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(FAILED)) failed = line.substring(FAILED.length());
                else if (!line.isBlank()) lines.accept(line);
            }
            int status = process.waitFor();
            if (status != 0) throw new CommandFailure("the local cluster: " + failed + " (status " + status + ")");
        } catch (IOException e) {
            throw new CommandFailure("the local cluster's script cannot be followed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }
}
