package bulwark.sensor.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The manifests are the one list of what Sensor is granted; this holds it together with what Sensor watches.
class ManifestsTest {
    private static final Path FOLDER = Path.of(System.getProperty("bulwark.root", "../.."), "deploy/manifests/sensor");

    @Test
    void grantsExactlyWhatSensorWatchesButSecrets() throws IOException {
        Set<String> watched = Arrays.stream(WatchedResource.values())
                .filter(resource -> resource != WatchedResource.SECRETS)
                .map(WatchedResource::qualifiedName)
                .collect(Collectors.toSet());

        var granted = new HashSet<String>();
        for (Map<String, List<String>> rule : rules("3-cluster-role.yaml", "ClusterRole")) {
            for (String group : rule.getOrDefault("apiGroups", List.of())) {
                for (String resource : rule.getOrDefault("resources", List.of())) {
                    granted.add(group.isEmpty() ? resource : resource + "." + group);
                }
            }
        }

        assertThat(granted).isEqualTo(watched);
    }

    @Test
    void grantsReadingOnly() throws IOException {
        assertThat(rules("3-cluster-role.yaml", "ClusterRole"))
                .allSatisfy(rule ->
                        assertThat(rule.getOrDefault("verbs", List.of())).containsExactly("get", "list", "watch"));
    }

    @Test
    void grantsWritingOfItsOwnIdentityAlone() throws IOException {
        assertThat(rules("5-identity.yaml", "Role"))
                .containsExactly(Map.of(
                        "apiGroups", List.of(""),
                        "resources", List.of("secrets"),
                        "resourceNames", List.of("bulwark-sensor-identity"),
                        "verbs", List.of("get", "patch")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, List<String>>> rules(String file, String kind) throws IOException {
        var load = new Load(LoadSettings.builder().build());
        for (Object document : load.loadAllFromString(Files.readString(FOLDER.resolve(file)))) {
            var object = (Map<String, Object>) requireNonNull(document);
            if (kind.equals(object.get("kind"))) {
                return requireNonNull((List<Map<String, List<String>>>) object.get("rules"));
            }
        }
        throw new AssertionError(file + " has no " + kind);
    }
}
