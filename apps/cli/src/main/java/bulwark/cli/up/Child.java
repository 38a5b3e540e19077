package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A process that the supervisor keeps: in a session of its own, so that Ctrl-C reaches the supervisor alone and the
/// order of stopping is ours; restarted with growing pauses when it ends by itself.
final class Child {
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final long GOOD_RUN_MILLIS = 60_000;
    private static final long PATIENCE_SECONDS = 30;

    private final Instance instance;
    private final String name;
    private final List<String> command;
    private final Consumer<String> lines;
    private final ChildLog log;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Object lock = new Object();

    /// Guarded by `lock`.
    private @Nullable Process process;

    private boolean stopping;
    private String readyLine = "";
    private int exit = Integer.MIN_VALUE;

    Child(Instance instance, String name, List<String> command, Consumer<String> lines) {
        this.instance = instance;
        this.name = name;
        this.command = List.copyOf(command);
        this.lines = lines;
        this.log = new ChildLog(instance.log(name));
    }

    /// Starts the process and keeps it.
    void start() {
        Thread.ofVirtual().name("child-" + name).start(() -> {
            long pause = 500;
            while (true) {
                long began = System.nanoTime();
                int status = runOnce();
                synchronized (lock) {
                    exit = status;
                    if (stopping) break;
                }
                if (ready.getCount() > 0) break;
                if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) > GOOD_RUN_MILLIS) pause = 500;
                lines.accept(name + " ended with status " + status + "; starting it again in " + pause
                        + " ms; it said: " + log.lastWord());
                if (!pause(pause)) break;
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
            ready.countDown();
        });
    }

    /// The line with which the process said that it is ready; a failure where it ended before. A start that takes long
    /// is told again and again.
    String awaitReady() {
        try {
            while (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                lines.accept("Still waiting for " + name + "; it last said: " + log.lastWord());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for " + name);
        }
        synchronized (lock) {
            if (!readyLine.isEmpty()) return readyLine;
            String reason = log.failure();
            throw new CommandFailure(
                    reason == null
                            ? name + " ended with status " + exit + ": " + log.lastWord() + " (log: "
                                    + instance.log(name) + ")"
                            : reason);
        }
    }

    boolean isRunning() {
        synchronized (lock) {
            return process != null && process.isAlive();
        }
    }

    /// Asks the process to end and waits; after `seconds` it is ended.
    void stop(long seconds) {
        Process running;
        synchronized (lock) {
            stopping = true;
            running = process;
        }
        if (running == null || !running.isAlive()) return;
        running.destroy();
        try {
            if (!running.waitFor(seconds, TimeUnit.SECONDS)) {
                lines.accept(name + " did not end within " + seconds + " s and is killed");
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private int runOnce() {
        try {
            List<String> words = new ArrayList<>(List.of("setsid"));
            words.addAll(command);
            Process started;
            synchronized (lock) {
                if (stopping) return 0;
                started = new ProcessBuilder(words).start();
                process = started;
            }
            started.getOutputStream().close();
            instance.remember(name, started.toHandle());
            Thread errors =
                    Thread.ofVirtual().name("log-" + name).start(() -> read(started.getErrorStream(), log::add));
            read(started.getInputStream(), this::take);
            errors.join();
            int status = started.waitFor();
            instance.forget(name);
            return status;
        } catch (IOException e) {
            lines.accept(name + " cannot be started: " + e.getMessage());
            return 127;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static void read(InputStream stream, Consumer<String> to) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) to.accept(line);
        } catch (IOException e) {
            to.accept("(what it said could not be read: " + e.getMessage() + ")");
        }
    }

    private void take(String line) {
        if (line.startsWith("READY")) {
            synchronized (lock) {
                readyLine = line;
            }
            ready.countDown();
        } else if (!line.isBlank()) {
            lines.accept(line);
        }
    }

    private boolean pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            synchronized (lock) {
                return !stopping;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
