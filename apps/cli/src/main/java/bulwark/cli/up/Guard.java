package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import bulwark.cli.output.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cluster that a person named, and the read-only permissions of Sensor's own ServiceAccount in it.
record Guard(Path kubeconfig, @Nullable String context) {
    private static final Pattern FIRST_LINE = Pattern.compile("CLUSTER server=(\\S+) context=(.*)");
    private static final String GRANTED = "granted";
    private static final String KUBECONFIG = "kubeconfig";

    /// What `sensor grant --show` and `sensor revoke` say of the cluster, and their lines for people.
    record Said(String server, String context, List<String> lines) {
        Said {
            lines = List.copyOf(lines);
        }

        /// What the cluster is called here: after its context, as the API takes names.
        String name() {
            String name = context.replaceAll("[^a-zA-Z0-9._-]+", "-").replaceAll("^[._-]+", "");
            return name.isEmpty() ? "cluster" : name.substring(0, Math.min(80, name.length()));
        }

        /// The folder of its Sensor: two clusters whose contexts have the same name are kept apart.
        String folder() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(server.getBytes(StandardCharsets.UTF_8));
                return name() + "-" + HexFormat.of().formatHex(hash, 0, 4);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /// Shows the cluster and what will be created in it, and asks; a failure where the person says no. What was agreed
    /// to before is not asked again.
    Said confirm(Instance instance, boolean yes, Consumer<String> say) {
        Said shown = said("grant", "--show");
        Path agreed = instance.sensor(shown.folder()).resolve(GRANTED);
        String list = String.join("\n", shown.lines());
        if (list.equals(read(agreed))) {
            say.accept(shown.lines().getFirst() + ": Sensor's permissions in it were agreed to before");
            return shown;
        }
        shown.lines().forEach(say);
        if (yes) return shown;
        if (!Terminal.isThere()) throw new CommandFailure("nobody can be asked here: add --yes to create these");
        if (!Terminal.agrees("Create these in the cluster?")) {
            throw new CommandFailure("not confirmed; nothing was changed in the cluster");
        }
        return shown;
    }

    /// Creates the ServiceAccount with its permissions and writes a kubeconfig that acts as it into the folder.
    Path grant(Path folder) {
        Path file = folder.resolve(KUBECONFIG);
        said("grant", "--out", file.toString());
        return file;
    }

    /// Keeps what the person agreed to.
    static void remember(Path folder, Said agreed) throws IOException {
        Files.writeString(folder.resolve(GRANTED), String.join("\n", agreed.lines()));
    }

    /// Takes out of the cluster what [#grant(Path)] created, and forgets the access to it.
    void revoke(Instance instance, Consumer<String> say) {
        Said said = said("revoke");
        said.lines().forEach(say);
        Path folder = instance.sensor(said.folder());
        try {
            Files.deleteIfExists(folder.resolve(GRANTED));
            Files.deleteIfExists(folder.resolve(KUBECONFIG));
        } catch (IOException e) {
            throw CommandFailure.of(folder, e);
        }
    }

    private Said said(String verb, String... more) {
        List<String> words = new ArrayList<>(Programs.sensor(
                verb,
                "--manifests",
                Instance.home().resolve("deploy/manifests/sensor").toString(),
                "--kubeconfig",
                kubeconfig.toString()));
        if (context != null) words.addAll(List.of("--context", context));
        words.addAll(List.of(more));
        List<String> lines = new ArrayList<>(Programs.output(words).lines().toList());
        var first = FIRST_LINE.matcher(lines.isEmpty() ? "" : lines.removeFirst());
        if (!first.matches()) throw new CommandFailure("Sensor did not say which cluster " + kubeconfig + " names");
        return new Said(first.group(1), first.group(2), lines);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw CommandFailure.of(file, e);
        }
    }
}
