package bulwark.e2e.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The command `bulwark` as a process of its own, started from the test's class path for this source tree.
public final class Command implements AutoCloseable {
    private static final String ROOT = System.getProperty("bulwark.root");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Command(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /// Runs one command to its end.
    public static Shell.Outcome run(String... words) {
        requireJars();
        return Program.run("bulwark.cli.Main", environment(), words);
    }

    /// Starts `up` on any free ports, others each time; what it says is kept.
    public static Command up(String... words) {
        requireJars();
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(environment());
        command.addAll(Program.java("bulwark.cli.Main"));
        command.addAll(List.of("up", "--http", "0", "--https", "0", "--grpc", "0"));
        command.addAll(List.of(words));
        try {
            return new Command(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> environment() {
        return List.of("BULWARK_HOME=" + ROOT, "JAVA_HOME=" + System.getProperty("java.home"));
    }

    private static void requireJars() {
        Path jar = Path.of(ROOT, "apps/central/target/central-0.1.0.jar");
        Assumptions.assumeTrue(Files.exists(jar), "Central is not packaged: ./bulwark build does that");
    }

    private void read() {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) add(line);
        } catch (IOException e) {
            add("(" + e + ")");
        } finally {
            add("(it has ended)");
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /// Waits until it says this line.
    public synchronized void await(String line) {
        try {
            while (!lines.contains(line)) {
                if (lines.contains("(it has ended)")) throw new IllegalStateException("it ended and said " + lines);
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What it has said so far, without our own mark of its end.
    public List<String> lines() {
        return lines.stream().filter(line -> !line.equals("(it has ended)")).toList();
    }

    public long pid() {
        return process.pid();
    }

    /// Ends it as kill -9 does.
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /// Waits for its end; its exit status.
    public int await() {
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) throw new IllegalStateException("`up` does not end: " + lines);
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }
}
