package bulwark.e2e.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.e2e.system.Bulwark;
import bulwark.e2e.system.LocalKubernetes;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real cluster with two nodes and the weak sample application in, real alerts out.
class FirstFlowTest {
    @TempDir
    private Path folder;

    @Test
    void theSampleApplicationsWeaknessesBecomeAlertsThatNameTheField() {
        try (LocalKubernetes cluster = LocalKubernetes.start(folder.resolve("cluster"), 2);
                Bulwark bulwark = new Bulwark(folder)) {
            cluster.script("sample", "--wait");
            bulwark.sensor("local", cluster.kubeconfig());

            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(FreshAlerts.shown("local", bulwark.api()))
                            .isEqualTo(FreshAlerts.of("local", cluster)));

            JsonNode privileged = bulwark.api()
                    .all("/alerts", "policy:\"Privileged Container\" platform:false")
                    .getFirst();
            JsonNode detail =
                    bulwark.api().get("/alerts/" + privileged.path("id").asText());
            JsonNode violation = detail.path("violations").get(0);
            assertThat(violation.path("fieldPath").asText()).endsWith("securityContext.privileged");
            assertThat(violation.path("value").asText()).isEqualTo("true");
            assertThat(violation.path("container").asText()).isNotEmpty();
            assertThat(detail.path("remediation").asText()).isNotBlank();
            JsonNode shown = bulwark.api().all("/clusters", "").getFirst();
            assertThat(shown.path("status").asText()).isEqualTo("CONNECTED");
            assertThat(shown.path("nodes").asInt()).isEqualTo(2);
        }
    }
}
