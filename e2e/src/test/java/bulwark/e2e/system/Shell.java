package bulwark.e2e.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a program to its end.
public final class Shell {
    private Shell() {}

    /// What a program said and how it ended.
    public record Outcome(int status, String out, String err) {}

    /// Runs a program, which must end well; its standard output.
    public static String output(List<String> command) {
        Outcome outcome = run(command, null, 600);
        if (outcome.status() != 0) {
            throw new IllegalStateException(command + " ended with " + outcome.status() + ":\n" + outcome.err());
        }
        return outcome.out();
    }

    /// Runs a program with this standard input, for at most so long.
    public static Outcome run(List<String> command, @Nullable String input, long seconds) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            Path in = Files.createTempFile("in", ".txt");
            try {
                Files.writeString(in, input == null ? "" : input);
                Process process = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command + " did not end within " + seconds + " s");
                }
                return new Outcome(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8));
            } finally {
                Files.delete(out);
                Files.delete(err);
                Files.delete(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
