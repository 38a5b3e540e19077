package bulwark.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void purgeLeavesAFolderInWhichNoBulwarkEverRan() throws IOException {
        Path other = Files.createDirectories(folder.resolve("run")); // as /, /var and others have
        Files.writeString(other.resolve("mine"), "mine");

        int status = run("down", "--purge", "--yes", "--data", folder.toString());

        assertThat(status).isZero();
        assertThat(out.toString()).isEqualTo("Nothing of Bulwark is in " + folder + ".\n");
        assertThat(other.resolve("mine")).hasContent("mine");
    }

    @Test
    void purgeDeletesWhatBulwarkMadeAndNothingElse() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.createFile(folder.resolve("run/up.lock"));
        Files.createDirectories(folder.resolve("central/postgres"));
        Files.writeString(folder.resolve("notes.txt"), "mine");

        run("down", "--purge", "--yes", "--data", folder.toString());

        assertThat(folder).isDirectoryNotContaining("glob:**/{run,central}");
        assertThat(folder.resolve("notes.txt")).hasContent("mine");
        assertThat(out.toString()).isEqualTo("Down; what is left in " + folder + " is not Bulwark's and stays.\n");
    }

    @Test
    void purgeDeletesTheWholeDirectoryWhereItIsBulwarksOwn() throws IOException {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("run"));
        Files.createFile(data.resolve("run/up.lock"));

        run("down", "--purge", "--yes", "--data", data.toString());

        assertThat(data).doesNotExist();
        assertThat(out.toString()).isEqualTo("Down; " + data + " is deleted.\n");
    }

    @Test
    void saysWhereNothingRuns() {
        assertThat(run("down", "--data", folder.toString())).isZero();
        assertThat(out.toString()).isEqualTo("Nothing runs from " + folder + ".\n");
    }

    @Test
    void refusesWordsThatDoNotGoTogetherInOneLine() {
        assertThat(run("down", "--remove")).isEqualTo(1);
        assertThat(run("down", "--context", "prod")).isEqualTo(1);
        assertThat(run("up", "--context", "prod")).isEqualTo(1);
        assertThat(run("up", "--http", "eighty")).isEqualTo(2);
        assertThat(run("up", "--http", "70000", "--data", file())).isEqualTo(1);
        assertThat(run("up", "--data", file())).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly(
                        "bulwark: --remove needs --kubeconfig FILE (and --context NAME)",
                        "bulwark: --kubeconfig and --context are for --remove, which takes Sensor's objects out",
                        "bulwark: --context needs --kubeconfig FILE",
                        "bulwark: Invalid value for option '--http': 'eighty' is not an int; see `bulwark up"
                                + " --help`",
                        "bulwark: --http: expected a port from 0 to 65535, got 70000",
                        "bulwark: " + file() + ": expected a folder, a file is in its place; name another");
    }

    private String file() {
        try {
            return Files.writeString(folder.resolve("file"), "mine").toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
