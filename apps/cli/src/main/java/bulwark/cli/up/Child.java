package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final int LAST_LINES = 5;
    private static final long GOOD_RUN_MILLIS = 60_000;

    private final Instance instance;
    private final String name;
    private final List<String> command;
    private final Consumer<String> lines;
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
    }

    /// Starts the process and keeps it. `restart` false: one run only.
    void start(boolean restart) {
        Thread.ofVirtual().name("child-" + name).start(() -> {
            long pause = 500;
            while (true) {
                long began = System.nanoTime();
                int status = runOnce();
                synchronized (lock) {
                    exit = status;
                    if (stopping || !restart) break;
                }
                if (ready.getCount() > 0) break;
                if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) > GOOD_RUN_MILLIS) pause = 500;
                lines.accept(name + " ended with status " + status + "; starting it again in " + pause + " ms (log: "
                        + instance.log(name) + ")");
                if (!pause(pause)) break;
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
            ready.countDown();
        });
    }

    /// The line with which the process said that it is ready; a failure where it ended before or the time is over.
    String awaitReady(long seconds) {
        try {
            boolean inTime = ready.await(seconds, TimeUnit.SECONDS);
            synchronized (lock) {
                if (!readyLine.isEmpty()) return readyLine;
            }
            String why = inTime ? "ended with status " + exit() : "was not ready within " + seconds + " s";
            throw new CommandFailure(name + " " + why + ":\n" + lastLines());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for " + name);
        }
    }

    private int exit() {
        synchronized (lock) {
            return exit;
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
        Path log = instance.log(name);
        try {
            List<String> words = new ArrayList<>(List.of("setsid"));
            words.addAll(command);
            if (Files.exists(log) && Files.size(log) > 16 << 20) {
                Files.move(log, log.resolveSibling(name + ".log.1"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            Process started;
            synchronized (lock) {
                if (stopping) return 0;
                started = new ProcessBuilder(words)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
                process = started;
            }
            started.getOutputStream().close();
            instance.remember(name, started.toHandle());
            try (var out =
                    new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) take(line);
            }
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

    private String lastLines() {
        Path log = instance.log(name);
        try {
            List<String> all = Files.readAllLines(log);
            return "  " + String.join("\n  ", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()))
                    + "\n  (whole log: " + log + ")";
        } catch (IOException e) {
            return "  (no log at " + log + ")";
        }
    }
}
