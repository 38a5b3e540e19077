package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import bulwark.cli.output.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cluster that a person named, and the read-only permissions of Sensor's own ServiceAccount in it.
record Guard(Path kubeconfig, @Nullable String context) {
    Guard {
        if (!Files.isReadable(kubeconfig)) throw new CommandFailure(kubeconfig + ": no such file, or not readable");
    }

    /// Shows the cluster and what will be created in it; false where the person says no.
    boolean confirm(boolean yes) {
        if (Programs.run(command("grant", List.of("--show"))) != 0) {
            throw new CommandFailure("nothing was changed in the cluster");
        }
        if (yes) return true;
        if (!Terminal.isThere()) throw new CommandFailure("add --yes to create these without being asked");
        return Terminal.agrees("Create these in the cluster?");
    }

    /// Creates the ServiceAccount with its permissions and writes a kubeconfig that acts as it.
    void grant(Path out) {
        if (Programs.run(command("grant", List.of("--out", out.toString()))) != 0) {
            throw new CommandFailure("Sensor's permissions could not be created; see the line above");
        }
    }

    /// Takes out of the cluster what [#grant(Path)] created.
    void revoke() {
        if (Programs.run(command("revoke", List.of())) != 0) {
            throw new CommandFailure("Sensor's objects could not be removed; see the line above");
        }
    }

    private List<String> command(String verb, List<String> more) {
        List<String> words = new ArrayList<>(Programs.sensor(
                verb,
                "--manifests",
                Instance.home().resolve("deploy/manifests/sensor").toString(),
                "--kubeconfig",
                kubeconfig.toString()));
        if (context != null) words.addAll(List.of("--context", context));
        words.addAll(more);
        return words;
    }
}
