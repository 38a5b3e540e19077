package bulwark.e2e.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.e2e.system.Api;
import bulwark.e2e.system.Part;
import bulwark.e2e.system.Program;
import bulwark.e2e.system.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk of its own (a small tmpfs in a mount namespace) that is full at the first start, or fills up later.
class FullDiskTest {
    private static final int MOST = 5_000;
    private static final String MOUNT =
            "mount -t tmpfs -o size=$1,mode=0700 tmpfs \"$2\" || exit 77; shift 2; exec \"$@\"";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private List<String> onDiskOf(String size) throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        var probe = Shell.run(List.of("unshare", "--mount", "true"), null, 10);
        Assumptions.assumeTrue(probe.status() == 0, "no mount namespace can be had: " + probe.err());
        return List.of("unshare", "--mount", "sh", "-c", MOUNT, "sh", size, disk.toString());
    }

    @Test
    void aFirstStartOnAFullDiskIsToldInOneLine() throws IOException {
        var outcome = Program.run(
                onDiskOf("24m"),
                "bulwark.central.Main",
                List.of("BULWARK_LOG=error"),
                "--data",
                folder.resolve("disk/central").toString(),
                "--http",
                "0",
                "--https",
                "0",
                "--grpc",
                "0");

        assertThat(outcome.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("bulwark-central: ")
                        .endsWith("expected room to write, but the disk is full; free some space and start again"));
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterTheDiskWasFullAndWorkGoesOn() throws Exception {
        Path log = folder.resolve("central.log");
        String data = folder.resolve("disk/central").toString();
        try (var central = new Part(
                onDiskOf("260m"),
                "bulwark.central.Main",
                log,
                "--data",
                data,
                "--http",
                "0",
                "--https",
                "0",
                "--grpc",
                "0")) {
            central.awaitReady();
            Path inside = Path.of("/proc/" + central.pid() + "/root" + data);
            int port = port(central);
            var api = new Api(port, inside);
            List<String> acknowledged = new ArrayList<>();
            acknowledged.add(addToken(api, "before"));
            assertThat(health(port).statusCode()).isEqualTo(200);

            Path ballast = inside.resolve("ballast");
            fill(ballast);
            addTokensUntilRefused(api, acknowledged);
            endTheDatabaseByItsLog(inside);
            assertThat(health(port).body()).startsWith("the disk of the data directory is full: ");
            assertThat(health(port).statusCode()).isEqualTo(503);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(log).contains("the disk of the data directory is full"));
            Files.delete(ballast);

            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> health(port).statusCode() == 200);
            acknowledged.add(addToken(api, "after"));
            assertThat(tokens(api)).containsAll(acknowledged);
            assertThat(Files.readString(log)).doesNotContain("\tat ");
        }
    }

    private static int port(Part central) {
        String ready = central.lines().stream()
                .filter(line -> line.startsWith("READY "))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(ready.replaceFirst(".*http=(\\d+).*", "$1"));
    }

    private HttpResponse<String> health(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) out.write(block);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static String addToken(Api api, String name) {
        api.send("POST", "/tokens", "{\"name\":\"" + name + "\",\"role\":\"VIEWER\"}");
        return name;
    }

    /// Tables grow no more on a full disk; a change that finds no room is refused with the reason.
    private static void addTokensUntilRefused(Api api, List<String> acknowledged) {
        for (int number = 0; number < MOST; number++) {
            String name = "token-" + number;
            try {
                acknowledged.add(addToken(api, name));
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("answered 503").hasMessageContaining("database");
                return;
            }
        }
        throw new AssertionError(MOST + " changes were acknowledged on a full disk");
    }

    /// PostgreSQL ends itself where its log finds no room. A few switches to the next file of the log get it there.
    private static void endTheDatabaseByItsLog(Path data) throws IOException {
        Path postgres = data.resolve("postgres");
        List<String> server = Files.readAllLines(postgres.resolve("data/postmaster.pid"));
        String password = Files.readString(postgres.resolve("password")).strip();
        String url = "jdbc:postgresql://127.0.0.1:" + server.get(3).strip() + "/bulwark";
        for (int round = 0; round < 50; round++) {
            try (var connection = DriverManager.getConnection(url, "bulwark", password);
                    var statement = connection.createStatement()) {
                statement.execute("select pg_switch_wal()");
                statement.execute("select pg_logical_emit_message(false, 'bulwark', 'x')");
            } catch (SQLException e) {
                if (String.valueOf(e.getSQLState()).startsWith("08") || "57P02".equals(e.getSQLState())) return;
            }
        }
        throw new AssertionError("the database lives on without room for its log");
    }

    private static List<String> tokens(Api api) {
        return api.all("/tokens", "").stream()
                .map((JsonNode token) -> token.path("name").asText())
                .toList();
    }
}
