package bulwark.store.postgres;

import bulwark.base.Loop;
import bulwark.base.Metrics;
import bulwark.base.UserError;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server of our own on 127.0.0.1, durable, with a random password.
///
/// One that was orphaned (its Central was killed) is adopted, or stopped where it cannot be used. One that dies
/// while we run is started again on the same port. Its session is its own, so that Ctrl-C reaches Central alone,
/// which then stops it last.
public final class EmbeddedPostgres implements AutoCloseable {
    static final String USER = "bulwark";
    private static final String DATABASE = "bulwark";
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration LONGEST_START = Duration.ofMinutes(10); // recovery after a crash takes its time
    private static final Duration LONGEST_STOP = Duration.ofSeconds(40);
    private static final Duration RETRY = Duration.ofSeconds(3);
    private static final int PORTS_TRIED = 5;

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final PostgresSettings settings;
    private final Unprivileged runner;
    private final String password;
    private final boolean adopted;
    private final ReentrantLock lock = new ReentrantLock(); // guards server and closed
    private ProcessHandle server;
    private boolean closed;
    private String failure = ""; // of the last attempt to start it again; by the watcher alone, as is failedAt
    private long failedAt;
    private final int port;
    private final Loop watcher;

    private EmbeddedPostgres(DataFolder folder, PostgresBinaries binaries, PostgresSettings settings, Metrics metrics)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.binaries = binaries;
        this.settings = settings;
        this.runner = Unprivileged.detect(binaries);
        if (!folder.holdsDatabase(binaries.major())) folder.initialise(binaries, runner, settings.durable());
        this.password = folder.password();
        ServerLog.bound(folder.log());
        Optional<DataFolder.Running> orphan = folder.running();
        this.adopted = orphan.isPresent() && isUsable(orphan.get());
        if (orphan.isPresent() && adopted) {
            this.server = ProcessHandle.of(orphan.get().pid()).orElseThrow();
            this.port = orphan.get().port();
            log.atInfo().addKeyValue("pid", server.pid()).log("adopted the PostgreSQL that an earlier Central left");
        } else {
            if (orphan.isPresent()) stop(ProcessHandle.of(orphan.get().pid()).orElse(null));
            Started started = startOnFreePort();
            this.server = started.server();
            this.port = started.port();
        }
        ServerConnection.createDatabase(port, password, DATABASE);
        var restarts = metrics.counter("bulwark.postgres.restarts");
        this.watcher = Loop.start("postgres watcher", Duration.ofSeconds(1), metrics, () -> watch(restarts::increment));
    }

    private record Started(ProcessHandle server, int port) {}

    /// Starts the server whose files are in `folder`, or adopts it where it runs already. Only one process can.
    public static EmbeddedPostgres start(
            Path folder, PostgresBinaries binaries, PostgresSettings settings, Metrics metrics)
            throws IOException, InterruptedException {
        DataFolder locked;
        try {
            locked = DataFolder.lock(folder);
        } catch (IOException e) {
            throw told("data directory " + folder, e);
        }
        try {
            return new EmbeddedPostgres(locked, binaries, settings, metrics);
        } catch (IOException | RuntimeException | InterruptedException e) {
            locked.close();
            if (e instanceof IOException failure) throw told("data directory " + folder, failure);
            throw e;
        }
    }

    private static IOException told(String where, IOException failure) {
        UserError error = UserError.of(where, failure);
        if (error != null) throw error;
        return failure;
    }

    /// The address of the database for JDBC, without user and password.
    public String url() {
        return ServerConnection.url(port, DATABASE);
    }

    /// Who owns the database.
    public String user() {
        return USER;
    }

    /// The password that was made with the database.
    public String password() {
        return password;
    }

    /// The port on 127.0.0.1.
    public int port() {
        return port;
    }

    /// The process id of the server that runs now.
    public long pid() {
        lock.lock();
        try {
            return server.pid();
        } finally {
            lock.unlock();
        }
    }

    /// Whether the server was running already when we came.
    public boolean isAdopted() {
        return adopted;
    }

    private boolean isUsable(DataFolder.Running orphan) throws InterruptedException {
        try {
            awaitReady(ProcessHandle.of(orphan.pid()).orElseThrow(), orphan.port(), 0);
            return ServerConnection.dataDirectory(orphan.port(), password)
                    .equals(folder.data().toString());
        } catch (IOException | SQLException | RuntimeException e) {
            log.atWarn()
                    .addKeyValue("pid", orphan.pid())
                    .addKeyValue("reason", e.getMessage())
                    .log("a PostgreSQL runs on our data and cannot be used; it is stopped");
            return false;
        }
    }

    private Started startOnFreePort() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int candidate = freePort();
            try {
                return new Started(launch(candidate), candidate);
            } catch (UserError e) {
                boolean portTaken = String.valueOf(e.getMessage()).contains("a free port");
                if (!portTaken || attempt == PORTS_TRIED) throw e;
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private ProcessHandle launch(int onPort) throws IOException, InterruptedException {
        long logged = ServerLog.size(folder.log());
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) command.add("/usr/bin/setsid");
        var words = new ArrayList<>(
                List.of(binaries.program("postgres"), "-D", folder.data().toString()));
        words.addAll(settings.arguments(binaries.major(), onPort));
        command.addAll(runner.command(words));
        var builder = new ProcessBuilder(command)
                .directory(folder.data().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("BULWARK"));
        ProcessHandle started = builder.start().toHandle();
        try {
            awaitReady(started, onPort, logged);
            return started;
        } catch (IOException | RuntimeException | InterruptedException e) {
            stop(started);
            throw e;
        }
    }

    private void awaitReady(ProcessHandle process, int onPort, long logged) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                ServerConnection.check(onPort, password);
                return;
            } catch (SQLException e) {
                if (!process.isAlive()) {
                    throw ServerLog.failure("embedded PostgreSQL", ServerLog.since(folder.log(), logged));
                }
                if (!ServerConnection.isNotReadyYet(e)) throw refused(e);
                if (System.nanoTime() > deadline) {
                    throw ServerLog.failure("embedded PostgreSQL", ServerLog.since(folder.log(), logged));
                }
            }
            TimeUnit.MILLISECONDS.sleep(15);
        }
    }

    private RuntimeException refused(SQLException refusal) {
        return new UserError(
                "embedded PostgreSQL",
                "to enter it with the password in " + folder.passwordFile(),
                "it said: " + refusal.getMessage(),
                "restore that file from your copy, or restore a backup into a new directory",
                refusal);
    }

    /// One round: sees that the server lives, and starts it again on its port where it does not.
    private void watch(Runnable restarted) throws IOException, InterruptedException {
        ServerLog.bound(folder.log());
        ProcessHandle watched;
        lock.lock();
        try {
            watched = server;
            if (closed) return;
        } finally {
            lock.unlock();
        }
        try {
            watched.onExit().get(30, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            return;
        } catch (ExecutionException e) {
            throw new IOException("the server's end could not be awaited", e);
        }
        lock.lock();
        try {
            if (closed) return;
            startAgain(watched, restarted);
        } finally {
            lock.unlock();
        }
    }

    /// What a person can mend, a full disk say, may be mended at any time: so it is tried every few seconds, and told
    /// once.
    private void startAgain(ProcessHandle ended, Runnable restarted) throws IOException, InterruptedException {
        if (!failure.isEmpty() && System.nanoTime() - failedAt < RETRY.toNanos()) return;
        if (failure.isEmpty()) {
            log.atError().addKeyValue("pid", ended.pid()).log("PostgreSQL has ended; it is started again");
        }
        try {
            server = launch(port);
            failure = "";
            restarted.run();
            log.atInfo().addKeyValue("pid", server.pid()).log("PostgreSQL runs again");
        } catch (UserError e) {
            failedAt = System.nanoTime();
            String reason = String.valueOf(e.getMessage());
            if (!failure.equals(reason)) {
                log.atError().addKeyValue("reason", reason).log("PostgreSQL cannot be started; it is tried again");
            }
            failure = reason;
        }
    }

    /// Stops the server: running statements are ended, nothing committed is lost.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            stop(server);
        } finally {
            lock.unlock();
        }
        watcher.close();
        folder.close();
    }

    private void stop(@Nullable ProcessHandle process) {
        if (process == null || !process.isAlive()) return;
        signal("INT", process); // fast shutdown
        if (ended(process, LONGEST_STOP)) return;
        log.warn("PostgreSQL does not stop; it is ended at once and will recover at the next start");
        signal("QUIT", process); // immediate shutdown
        if (!ended(process, Duration.ofSeconds(10))) process.destroyForcibly();
    }

    private void signal(String name, ProcessHandle process) {
        Command.run(runner.command(binaries.program("pg_ctl"), "kill", name, Long.toString(process.pid())));
    }

    private static boolean ended(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return !process.isAlive();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
