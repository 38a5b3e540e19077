package bulwark.cli.up;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.CommandFailure;
import bulwark.cli.api.Login;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Starts the parts in order, shows their state, and stops them in the reverse order, one after the other.
final class Supervisor implements AutoCloseable {
    private static final long STOP_SECONDS = 20;

    private final Instance instance;
    private final Ports ports;
    private final PrintWriter out;
    private final FileLock lock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// What is undone at the end, last first. Guarded by itself.
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /// Held by the one thread that undoes: the main one, or the one that a signal starts.
    private final ReentrantLock closing = new ReentrantLock();

    private boolean closed;

    /// Where Central listens.
    record Ports(int http, int https, int grpc) {
        Ports {
            check("--http", http);
            check("--https", https);
            check("--grpc", grpc);
        }

        private static void check(String option, int port) {
            if (port >= 0 && port <= 65_535) return;
            throw new CommandFailure(option + ": expected a port from 0 to 65535, got " + port);
        }

        /// The same with a free port for each 0: one that Central chose itself would be another after a restart.
        Ports chosen() {
            if (http != 0 && https != 0 && grpc != 0) return this;
            try (var one = new ServerSocket(http);
                    var two = new ServerSocket(https);
                    var three = new ServerSocket(grpc)) {
                return new Ports(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
            } catch (IOException e) {
                return this; // a port in use: Central says which, and who holds it
            }
        }
    }

    Supervisor(Instance instance, Ports ports, PrintWriter out) {
        this.instance = instance;
        this.ports = ports.chosen();
        this.out = out;
        this.lock = instance.lock();
        instance.remember("up", ProcessHandle.current());
        Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "stop"));
    }

    /// Does the work, then waits for Ctrl-C or `bulwark down`. What fails because it was stopped in its middle is no
    /// failure.
    void run(Runnable work) {
        try {
            work.run();
            say("Press Ctrl-C to stop.");
            stopped.await();
        } catch (CommandFailure e) {
            if (!isStopping()) throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts Central and prints where its page is.
    void central() {
        long began = System.nanoTime();
        stopOrphans();
        Child central = new Child(
                instance,
                "central",
                Programs.central(
                        "--data", instance.central().toString(),
                        "--http", String.valueOf(ports.http()),
                        "--https", String.valueOf(ports.https()),
                        "--grpc", String.valueOf(ports.grpc())),
                this::say);
        undoLater(() -> {
            if (central.isRunning()) say("Stopping Central and its database");
            central.stop(STOP_SECONDS);
        });
        say("Starting Central (data in " + instance.data() + ")");
        central.start();
        central.awaitReady();
        say("Bulwark is at http://127.0.0.1:" + ports.http() + " (ready after "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms)");
    }

    /// Builds and starts the local cluster, applies the sample, and runs Sensor against it.
    void localCluster(boolean sample) {
        Map<String, String> can = LocalCluster.can();
        String control = can.getOrDefault("control-plane", "unknown");
        if (!control.startsWith("yes")) {
            say("No local cluster: " + control.replaceFirst("^no ", ""));
            say("Central runs alone. `bulwark up --kubeconfig FILE` guards a cluster that exists.");
            return;
        }
        LocalCluster cluster = new LocalCluster(instance, this::say);
        undoLater(() -> {
            say("Stopping the local cluster");
            cluster.stop();
        });
        Path admin = cluster.start(can);
        if (sample) cluster.sample();
        sensor("local", instance.sensor("local"), new Guard(admin, null));
    }

    /// Guards a cluster that a person named and agreed to.
    void guard(Guard guard, Guard.Said agreed) {
        Path home = instance.sensor(agreed.folder());
        sensor(agreed.name(), home, guard);
        try {
            Guard.remember(home, agreed);
        } catch (IOException e) {
            throw CommandFailure.of(home, e);
        }
        say("Take Sensor's objects out of the cluster again with: bulwark down --remove --kubeconfig "
                + guard.kubeconfig() + (guard.context() == null ? "" : " --context " + guard.context()));
    }

    private void sensor(String name, Path home, Guard guard) {
        Path registration = home.resolve("registration");
        Path kubeconfig;
        try {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            kubeconfig = guard.grant(home);
            if (!Files.exists(home.resolve("identity"))) Files.writeString(registration, register(name, home));
        } catch (IOException e) {
            throw CommandFailure.of(home, e);
        }
        Child sensor = new Child(
                instance,
                "sensor",
                Programs.sensor(
                        "--central", "https://127.0.0.1:" + ports.https(),
                        "--grpc-port", String.valueOf(ports.grpc()),
                        "--registration", registration.toString(),
                        "--kubeconfig", kubeconfig.toString(),
                        "--data", home.toString()),
                this::say);
        undoLater(() -> {
            if (sensor.isRunning()) say("Stopping Sensor");
            sensor.stop(STOP_SECONDS);
        });
        say("Starting Sensor on cluster '" + name + "'");
        sensor.start();
        sensor.awaitReady();
        say("Sensor watches cluster '" + name + "'; its workloads and alerts are on the page");
    }

    /// Makes the registration with which this Sensor joins. One that it did not use is replaced; a cluster of another
    /// Sensor that has the same name keeps it.
    private String register(String name, Path home) throws IOException {
        Login login = Login.local(instance.data());
        if (login == null) throw new CommandFailure("Central runs, but left no local token in " + instance.central());
        ApiClient client = new ApiClient(login);
        Path own = home.resolve("cluster-id");
        String before = Files.exists(own) ? Files.readString(own).strip() : "";
        Set<String> taken = new HashSet<>();
        for (var cluster : client.get("/clusters?limit=500").path("items")) {
            String id = cluster.path("id").asText();
            if (id.equals(before)) client.send("DELETE", "/clusters/" + id, null);
            else taken.add(cluster.path("name").asText());
        }
        String free = name;
        for (int number = 2; taken.contains(free); number++) free = name + "-" + number;
        var made = client.send(
                "POST", "/clusters", JsonNodeFactory.instance.objectNode().put("name", free));
        Files.writeString(own, made.path("clusterId").asText() + "\n");
        return made.path("secret").asText() + "\n";
    }

    private boolean isStopping() {
        return stopped.getCount() == 0;
    }

    @Override
    public void close() {
        closing.lock();
        try {
            if (closed) return;
            closed = true;
            for (Runnable next = nextToUndo(); next != null; next = nextToUndo()) undo(next);
            instance.forget("up");
            lock.release();
            if (isStopping()) say("Stopped.");
        } catch (IOException e) {
            say("the lock of " + instance.data() + " could not be released: " + e.getMessage());
        } finally {
            closing.unlock();
        }
    }

    private void undo(Runnable step) {
        try {
            step.run();
        } catch (CommandFailure e) {
            say(String.valueOf(e.getMessage())); // and go on: what was started before is stopped too
        }
    }

    private @Nullable Runnable nextToUndo() {
        synchronized (undo) {
            return undo.poll();
        }
    }

    private void signalled() {
        stopped.countDown();
        close();
    }

    private void stopOrphans() {
        for (String name : new String[] {"sensor", "central"}) {
            instance.process(name).ifPresent(process -> {
                say("Stopping " + name + " (process " + process.pid() + "), left over from an `up` that was killed");
                DownCommand.end(process, STOP_SECONDS);
            });
        }
    }

    /// Remembers what is undone at the end, before it is done.
    void undoLater(Runnable step) {
        synchronized (undo) {
            if (isStopping()) throw new CommandFailure("stopping");
            undo.push(step);
        }
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
