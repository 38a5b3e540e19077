package bulwark.sensor.grant;

import bulwark.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What Sensor needs in a cluster beside itself, read from the manifests that also install it as a pod: its namespace,
/// its ServiceAccount, and its permissions.
record Manifests(List<Entry> objects) {
    private static final List<String> WANTED =
            List.of("Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding");

    /// One object with its path at the API server; `rules` are lines for people.
    record Entry(String kind, String namespace, String name, String manifest, List<String> rules) {
        String path() {
            return switch (kind) {
                case "Namespace" -> "/api/v1/namespaces/" + name;
                case "ServiceAccount" -> "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + name;
                case "ClusterRole" -> "/apis/rbac.authorization.k8s.io/v1/clusterroles/" + name;
                default -> "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/" + name;
            };
        }
    }

    static Manifests read(Path folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
            for (Object document : load.loadAllFromString(Files.readString(file))) {
                if (document instanceof Map<?, ?> object && WANTED.contains(String.valueOf(object.get("kind")))) {
                    entries.add(entry(object));
                }
            }
        }
        entries.sort(Comparator.comparingInt(entry -> WANTED.indexOf(entry.kind())));
        if (entries.stream().noneMatch(entry -> entry.kind().equals("ServiceAccount"))) {
            throw new UserError(
                    folder.toString(),
                    "Sensor's manifests",
                    "no ServiceAccount is in them",
                    "name their folder with --manifests");
        }
        return new Manifests(List.copyOf(entries));
    }

    Entry serviceAccount() {
        return objects.stream()
                .filter(entry -> entry.kind().equals("ServiceAccount"))
                .findFirst()
                .orElseThrow();
    }

    private static Entry entry(Map<?, ?> object) {
        Map<?, ?> metadata = object.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
        Object namespace = metadata.get("namespace");
        var dump = new Dump(DumpSettings.builder().build());
        return new Entry(
                String.valueOf(object.get("kind")),
                namespace == null ? "" : namespace.toString(),
                String.valueOf(metadata.get("name")),
                dump.dumpToString(object),
                rules(object.get("rules")));
    }

    private static List<String> rules(@Nullable Object rules) {
        List<String> lines = new ArrayList<>();
        if (!(rules instanceof List<?> list)) return lines;
        for (Object rule : list) {
            if (!(rule instanceof Map<?, ?> map)) continue;
            Object what = map.get("resources") == null ? map.get("nonResourceURLs") : map.get("resources");
            lines.add(words(map.get("verbs")) + ": " + words(what));
        }
        return lines;
    }

    private static String words(@Nullable Object list) {
        return list instanceof List<?> items
                ? String.join(", ", items.stream().map(String::valueOf).toList())
                : "";
    }
}
