package bulwark.e2e.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.e2e.system.Bulwark;
import bulwark.e2e.system.LocalKubernetes;
import bulwark.e2e.system.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While 200 workloads change in two clusters, each part is killed with -9 several times. Afterwards Central's alerts
/// equal
/// those that the core computes afresh from the clusters: nothing lost, nothing doubled.
class ChaosTest {
    private static final int ROUNDS = 4;

    @TempDir
    private Path folder;

    @Test
    void alertsEqualTheClustersAfterEveryPartWasKilled() throws IOException {
        try (LocalKubernetes first = LocalKubernetes.start(folder.resolve("first"), 0);
                LocalKubernetes second = LocalKubernetes.start(folder.resolve("second"), 0);
                Bulwark bulwark = new Bulwark(folder)) {
            Part firstSensor = bulwark.sensor("first", first.kubeconfig());
            Part secondSensor = bulwark.sensor("second", second.kubeconfig());
            var firstChanges = new Changes(first, 120, 1);
            var secondChanges = new Changes(second, 80, 2);
            firstChanges.begin();
            secondChanges.begin();

            for (int round = 0; round < ROUNDS; round++) {
                firstChanges.round();
                firstSensor.kill();
                secondChanges.round();
                bulwark.central().kill();
                firstSensor.restart();
                firstChanges.round();
                bulwark.central().restart();
                bulwark.central().awaitReady();
                secondChanges.round();
                postgres(bulwark.data()).destroyForcibly();
                first.script("restart-apiserver", "--signal", "KILL");
                secondSensor.kill();
                firstChanges.round();
                secondSensor.restart();
            }

            var expected = FreshAlerts.of("first", first);
            expected.putAll(FreshAlerts.of("second", second));
            assertThat(expected).hasSizeGreaterThan(200);
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        var shown = FreshAlerts.shown("first", bulwark.api());
                        shown.putAll(FreshAlerts.shown("second", bulwark.api()));
                        assertThat(shown).isEqualTo(expected);
                    });
            historyHasOneOpeningForEach(bulwark);
        }
    }

    private static void historyHasOneOpeningForEach(Bulwark bulwark) {
        List<JsonNode> open = bulwark.api().all("/alerts", "state:OPEN");
        for (JsonNode alert : open.subList(0, Math.min(50, open.size()))) {
            JsonNode detail = bulwark.api().get("/alerts/" + alert.path("id").asText());
            int openings = 0;
            for (JsonNode event : detail.path("history")) {
                if (event.path("action").asText().equals("OPENED")) openings++;
            }
            assertThat(openings).as("openings of %s", detail.path("id")).isEqualTo(1);
        }
    }

    /// The server that runs on Central's data directory, by its own file.
    private static ProcessHandle postgres(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            Path file = files.filter(path -> path.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            return ProcessHandle.of(pid).orElseThrow();
        }
    }
}
