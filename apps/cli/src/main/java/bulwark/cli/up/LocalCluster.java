package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The Kubernetes of our own, by the scripts of deploy/local.
final class LocalCluster {
    private final Instance instance;
    private final Consumer<String> say;

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
        must(List.of("changes"), "the list of changes to this machine");
        must(List.of("build", "--parts", nodes ? "all" : "control-plane"), "the build of the local cluster");
        List<String> up =
                new ArrayList<>(List.of("up", "--instance", instance.cluster().toString()));
        if (nodes) up.addAll(List.of("--nodes", "2"));
        else up.addAll(fake ? List.of("--nodes", "0", "--fake-nodes", "2") : List.of("--nodes", "0"));
        must(up, "the start of the local cluster");
        return instance.cluster().resolve("admin.kubeconfig");
    }

    void sample() {
        must(List.of("sample", "--instance", instance.cluster().toString()), "the sample application");
    }

    void stop() {
        Programs.run(Programs.cluster("down", "--instance", instance.cluster().toString()));
    }

    /// Stops the cluster, deletes its data and undoes what was changed on this machine.
    void purge() {
        must(
                List.of("purge", "--instance", instance.cluster().toString(), "--host"),
                "the removal of the local cluster");
    }

    private static void must(List<String> arguments, String what) {
        if (Programs.run(Programs.cluster(arguments.toArray(String[]::new))) != 0) {
            throw new CommandFailure(what + " failed; see the lines above");
        }
    }
}
