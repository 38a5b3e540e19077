package bulwark.e2e.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.e2e.system.Command;
import bulwark.e2e.system.LocalKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that exists is guarded when it is named: nothing is created before it is agreed to, and nothing is left
/// in it after `down --remove`.
class GuardTest {
    private static final String ROLES = "clusterrole,clusterrolebinding";

    @TempDir
    private Path folder;

    @Test
    void aNamedClusterIsGuardedAfterConsentAndLeftAsItWas() {
        String data = folder.resolve("data").toString();
        try (LocalKubernetes cluster = LocalKubernetes.start(folder.resolve("cluster"), 0)) {
            String kubeconfig = cluster.kubeconfig().toString();
            String before = objects(cluster);

            var asked = Command.run("up", "--data", data, "--kubeconfig", kubeconfig);
            assertThat(asked.err().lines())
                    .containsExactly("bulwark: nobody can be asked here: add --yes to create these");
            assertThat(asked.out())
                    .startsWith("Cluster 'local' at https://127.0.0.1:")
                    .contains("ServiceAccount bulwark/bulwark-sensor", "may get, list, watch: ");
            assertThat(objects(cluster)).isEqualTo(before);

            try (var up = Command.up("--data", data, "--kubeconfig", kubeconfig, "--context", "local", "--yes")) {
                up.await("Press Ctrl-C to stop.");
                assertThat(up.lines())
                        .contains("Sensor watches cluster 'local'; its workloads and alerts are on the page");
                assertThat(objects(cluster))
                        .contains("namespace/bulwark", "serviceaccount/bulwark-sensor")
                        .contains("clusterrole.rbac.authorization.k8s.io/bulwark-sensor")
                        .contains("clusterrolebinding.rbac.authorization.k8s.io/bulwark-sensor");
                assertThat(can(cluster, "list", "pods")).isEqualTo("yes");
                assertThat(can(cluster, "list", "secrets")).isEqualTo("no");
                assertThat(can(cluster, "create", "pods")).isEqualTo("no");
            }
            try (var again = Command.up("--data", data, "--kubeconfig", kubeconfig)) {
                again.await("Press Ctrl-C to stop."); // also on other ports than those that Sensor joined by
                assertThat(again.lines().getFirst()).endsWith(": Sensor's permissions in it were agreed to before");
            }

            var removed = Command.run("down", "--remove", "--data", data, "--kubeconfig", kubeconfig);

            assertThat(removed.err()).isEmpty();
            assertThat(removed.out()).contains("Removed Namespace bulwark\n").endsWith("Down.\n");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(objects(cluster)).isEqualTo(before));
            aNamespaceOfOthersStays(cluster, data);
            Command.run("down", "--purge", "--yes", "--data", data);
        }
    }

    private static void aNamespaceOfOthersStays(LocalKubernetes cluster, String data) {
        cluster.kubectl("create", "namespace", "bulwark");
        cluster.kubectl("create", "configmap", "theirs", "-n", "bulwark");

        var removed = Command.run(
                "down",
                "--remove",
                "--data",
                data,
                "--kubeconfig",
                cluster.kubeconfig().toString());

        assertThat(removed.out()).contains("Namespace bulwark stays: it was there before Bulwark\n");
        assertThat(cluster.kubectl("get", "configmap", "theirs", "-n", "bulwark", "-o", "name"))
                .isEqualTo("configmap/theirs\n");
    }

    private static String objects(LocalKubernetes cluster) {
        return cluster.kubectl("get", "namespace," + ROLES, "-o", "name")
                + cluster.kubectl(
                        "get", "serviceaccount", "-A", "-o", "name", "--field-selector", "metadata.name!=default");
    }

    private static String can(LocalKubernetes cluster, String verb, String what) {
        var answer =
                cluster.ask("auth", "can-i", verb, what, "-A", "--as=system:serviceaccount:bulwark:bulwark-sensor");
        return answer.out().strip(); // its status is 1 where that is no
    }
}
