package bulwark.e2e.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.e2e.system.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `up` and `down` as a person uses them, without a cluster.
class UpDownTest {
    @TempDir
    private Path folder;

    private String data() {
        return folder.resolve("data").toString();
    }

    @AfterEach
    void down() {
        Command.run("down", "--purge", "--yes", "--data", data());
    }

    @Test
    void aPortInUseIsOneLineOfUp() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            var outcome =
                    Command.run("up", "--no-cluster", "--data", data(), "--http", port, "--https", "0", "--grpc", "0");

            assertThat(outcome.err().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .matches("bulwark: port " + port
                                    + ": expected it to be free, but process \\d+ \\(.+\\) listens there;"
                                    + " stop it or choose another port with --http"));
            assertThat(outcome.status()).isEqualTo(1);
        }
    }

    @Test
    void whatAKilledUpLeftIsStoppedByTheNextAndAllIsStoppedInOrder() throws IOException {
        try (var first = Command.up("--no-cluster", "--data", data())) {
            first.await("Press Ctrl-C to stop.");
            var second = Command.run("up", "--no-cluster", "--data", data());
            assertThat(second.err().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .isEqualTo("bulwark: " + data() + " is in use by another `bulwark up` (process "
                                    + first.pid() + "); `bulwark down` stops it, --data names another directory"));
            first.kill();
        }
        ProcessHandle central = remembered("central");
        assertThat(central.isAlive()).isTrue();

        try (var again = Command.up("--no-cluster", "--data", data())) {
            again.await("Press Ctrl-C to stop.");
            assertThat(again.lines())
                    .anyMatch(line -> line.matches("Stopping central \\(process " + central.pid()
                            + "\\), left over from an `up` that was killed"))
                    .noneMatch(line -> line.contains("password"));
            assertThat(central.isAlive()).isFalse();

            var outcome = Command.run("down", "--data", data());

            assertThat(outcome.out().lines()).containsExactly("Stopping up (process " + again.pid() + ")", "Down.");
            assertThat(again.await()).isEqualTo(143);
            assertThat(again.lines()).endsWith("Stopping Central and its database", "Stopped.");
        }
        assertThat(Command.run("down", "--data", data()).out()).isEqualTo("Nothing runs from " + data() + ".\n");
        assertThat(folder.resolve("data/central/postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void theDatabaseOfACentralThatWasKilledIsStoppedByDown() throws IOException {
        ProcessHandle database;
        try (var up = Command.up("--no-cluster", "--data", data())) {
            up.await("Press Ctrl-C to stop.");
            database = ProcessHandle.of(Long.parseLong(
                            Files.readAllLines(folder.resolve("data/central/postgres/data/postmaster.pid"))
                                    .getFirst()
                                    .strip()))
                    .orElseThrow();
            ProcessHandle central = remembered("central");
            up.kill();
            central.destroyForcibly();
            central.onExit().join();
        }
        assertThat(database.isAlive()).isTrue();

        var outcome = Command.run("down", "--purge", "--yes", "--data", data());

        assertThat(outcome.out().lines())
                .containsExactly(
                        "Stopping the database that a Central which was killed left (process " + database.pid() + ")",
                        "Down; " + data() + " is deleted.");
        assertThat(database.isAlive()).isFalse();
    }

    private ProcessHandle remembered(String name) throws IOException {
        List<String> words = List.of(
                Files.readString(folder.resolve("data/run/" + name + ".pid")).split(" ", -1));
        return ProcessHandle.of(Long.parseLong(words.getFirst())).orElseThrow();
    }
}
