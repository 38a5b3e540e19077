package bulwark.sensor.grant;

import bulwark.sensor.watch.ClusterAccess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `sensor grant` and `sensor revoke`: Sensor's own ServiceAccount with the permissions of its manifests, in the
/// cluster
/// of a person's kubeconfig, and a kubeconfig that acts as it.
public final class Grant {
    /// What the two commands are called with.
    public static final String HELP = """
            Usage: sensor grant --manifests DIR --kubeconfig FILE [--context NAME] (--show | --out FILE)
                   sensor revoke --manifests DIR --kubeconfig FILE [--context NAME]
              grant    creates Sensor's namespace, ServiceAccount and read-only permissions, and writes a kubeconfig
                       that acts as it to --out; --show only lists them
              revoke   takes them out again; the namespace too where it was made for them and no pod is in it
            The first line of the output is for programs: CLUSTER server=ADDRESS context=NAME
            """;

    private static final Duration TOKEN_LIFE = Duration.ofDays(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Manifests manifests;
    private final ClusterAccess access;
    private final PrintStream out;

    private Grant(Manifests manifests, ClusterAccess access, PrintStream out) {
        this.manifests = manifests;
        this.access = access;
        this.out = out;
    }

    /// Runs one of the two commands; `flags` are the values of the command line by their flags.
    public static int run(boolean revoke, Map<String, String> flags, PrintStream out)
            throws IOException, InterruptedException {
        var access = ClusterAccess.ofKubeconfig(
                Path.of(flags.getOrDefault("--kubeconfig", "")), flags.get("--context"), Instant.now());
        var grant = new Grant(Manifests.read(Path.of(flags.getOrDefault("--manifests", ""))), access, out);
        String file = flags.get("--out");
        out.println("CLUSTER server=" + access.server() + " context=" + access.context());
        if (revoke) grant.revoke();
        else if (file == null) grant.show();
        else grant.grant(Path.of(file));
        return 0;
    }

    private void show() throws IOException, InterruptedException {
        try (ClusterWriter writer = access.openWriter(ClusterWriter::new)) {
            JsonNode version = writer.ask("GET", "/version", null);
            out.println("Cluster '" + access.context() + "' at " + access.server() + " (Kubernetes "
                    + version.path("gitVersion").asText("of unknown version") + ")");
        }
        out.println("Sensor reads it and changes nothing. For that these would be created:");
        for (Manifests.Entry entry : manifests.objects()) {
            out.println("  " + entry.kind() + " " + (entry.namespace().isEmpty() ? "" : entry.namespace() + "/")
                    + entry.name());
            for (String rule : entry.rules()) out.println("      may " + rule);
        }
    }

    private void grant(Path file) throws IOException, InterruptedException {
        try (ClusterWriter writer = access.openWriter(ClusterWriter::new)) {
            for (Manifests.Entry entry : manifests.objects()) {
                if (!isOthers(writer, entry)) writer.apply(entry.path(), entry.manifest());
            }
            var wanted = JSON.createObjectNode();
            wanted.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
            wanted.putObject("spec").put("expirationSeconds", TOKEN_LIFE.toSeconds());
            JsonNode token = writer.ask("POST", manifests.serviceAccount().path() + "/token", wanted.toString());
            write(file, kubeconfig(token.path("status").path("token").asText()));
        }
        out.println("Sensor's ServiceAccount " + manifests.serviceAccount().namespace() + "/"
                + manifests.serviceAccount().name() + " is in " + access.server());
    }

    private void revoke() throws IOException, InterruptedException {
        try (ClusterWriter writer = access.openWriter(ClusterWriter::new)) {
            for (Manifests.Entry entry : manifests.objects().reversed()) {
                if (isOthers(writer, entry)) {
                    out.println("Namespace " + entry.name() + " stays: it was there before Bulwark");
                    continue;
                }
                if (entry.kind().equals("Namespace") && hasPods(writer, entry)) {
                    out.println("Namespace " + entry.name() + " stays: pods run in it");
                    continue;
                }
                boolean was = writer.delete(entry.path());
                out.println((was ? "Removed " : "Was not there: ") + entry.kind() + " " + entry.name());
            }
        }
    }

    /// Whether this is a namespace that somebody else made: it is used as it is, and never deleted.
    private static boolean isOthers(ClusterWriter writer, Manifests.Entry entry)
            throws IOException, InterruptedException {
        if (!entry.kind().equals("Namespace")) return false;
        Optional<JsonNode> there = writer.find(entry.path());
        return there.isPresent()
                && !there.get()
                        .at("/metadata/labels/app.kubernetes.io~1part-of")
                        .asText()
                        .equals("bulwark");
    }

    private static boolean hasPods(ClusterWriter writer, Manifests.Entry namespace)
            throws IOException, InterruptedException {
        return !writer.ask("GET", namespace.path() + "/pods?limit=1", null)
                .path("items")
                .isEmpty();
    }

    private String kubeconfig(String token) throws IOException {
        var config = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Config");
        var cluster =
                config.putArray("clusters").addObject().put("name", "cluster").putObject("cluster");
        cluster.put("server", access.server());
        String authority = access.authority();
        if (authority != null) cluster.put("certificate-authority-data", authority);
        config.putArray("users")
                .addObject()
                .put("name", "sensor")
                .putObject("user")
                .put("token", token);
        config.putArray("contexts")
                .addObject()
                .put("name", "sensor")
                .putObject("context")
                .put("cluster", "cluster")
                .put("user", "sensor");
        config.put("current-context", "sensor");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
    }

    private static void write(Path file, String text) throws IOException {
        @Nullable Path folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException(file + " has no folder");
        Path fresh = Files.createTempFile(
                folder,
                "kubeconfig",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, List.of(text));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
