package bulwark.e2e.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Central or Sensor as a process of its own, started from the test's class path, killed and started again.
public final class Part implements AutoCloseable {
    private final List<String> before;
    private final String main;
    private final List<String> arguments;
    private final Path log;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Process process;
    private CountDownLatch ready = new CountDownLatch(1);

    /// Starts it; `log` takes its standard error.
    public Part(String main, Path log, String... arguments) {
        this(List.of(), main, log, arguments);
    }

    /// The same behind the words of another program, which becomes it.
    public Part(List<String> before, String main, Path log, String... arguments) {
        this.before = List.copyOf(before);
        this.main = main;
        this.arguments = List.of(arguments);
        this.log = log;
        this.process = launch();
    }

    /// Waits for the line `READY ...`.
    public void awaitReady() {
        try {
            if (!ready.await(120, TimeUnit.SECONDS) || lines.stream().noneMatch(line -> line.startsWith("READY"))) {
                throw new IllegalStateException(main + " was not ready; said " + lines + ", log in " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What it wrote to its standard output so far.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /// Its process id.
    public long pid() {
        return process.pid();
    }

    /// Ends it as kill -9 does.
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /// Starts it again after it ended.
    public void restart() {
        lines.clear();
        ready = new CountDownLatch(1);
        process = launch();
    }

    /// Waits until it has ended by itself; its exit status.
    public int await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IllegalStateException(main + " does not end");
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

    private Process launch() {
        List<String> words = new ArrayList<>(before);
        words.addAll(Program.java(main));
        words.addAll(arguments);
        try {
            Process started = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            CountDownLatch latch = ready;
            Thread.ofVirtual().name("lines-of-" + main).start(() -> read(started, latch));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Process started, CountDownLatch latch) {
        try (var out = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.startsWith("READY")) latch.countDown();
            }
        } catch (IOException e) {
            lines.add("(" + e + ")");
        } finally {
            latch.countDown();
        }
    }
}
