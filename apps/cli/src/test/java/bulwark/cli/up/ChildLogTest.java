package bulwark.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildLogTest {
    @TempDir
    private Path folder;

    @Test
    void keepsEveryLineAndKnowsWhyAProgramEnded() {
        Path file = folder.resolve("central.log");
        var log = new ChildLog(file);

        log.add("2026-11-21T12:00:00.000Z INFO  Lifecycle: started");
        log.add("bulwark-central: port 8080: expected it to be free, but process 7 (java) listens there; stop it");

        assertThat(log.failure())
                .isEqualTo("port 8080: expected it to be free, but process 7 (java) listens there; stop it");
        assertThat(file)
                .content()
                .isEqualTo("2026-11-21T12:00:00.000Z INFO  Lifecycle: started\n"
                        + "bulwark-central: port 8080: expected it to be free, but process 7 (java) listens there; stop"
                        + " it\n");
    }

    @Test
    void knowsTheLastWordsAlsoWhereTheyCannotBeKept() {
        var log = new ChildLog(folder.resolve("none/central.log"));

        log.add("something went wrong");
        log.add("\tat a line of a stack trace");

        assertThat(log.lastWord()).isEqualTo("something went wrong");
        assertThat(log.failure()).isNull();
    }
}
