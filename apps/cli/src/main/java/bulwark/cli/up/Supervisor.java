package bulwark.cli.up;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.CommandFailure;
import bulwark.cli.api.Login;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Starts the parts in order, shows their state, and stops them in the reverse order.
final class Supervisor implements AutoCloseable {
    private static final long STOP_SECONDS = 20;

    private final Instance instance;
    private final Ports ports;
    private final PrintWriter out;
    private final FileLock lock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long began = System.nanoTime();

    /// What is undone at the end, last first. Guarded by itself.
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /// Where Central listens.
    record Ports(int http, int https, int grpc) {}

    Supervisor(Instance instance, Ports ports, PrintWriter out) {
        this.instance = instance;
        this.ports = ports;
        this.out = out;
        this.lock = instance.lock();
        try {
            instance.remember("up", ProcessHandle.current());
        } catch (IOException e) {
            throw new CommandFailure(instance.data() + ": cannot be written (" + e.getMessage() + ")");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "stop"));
        stopOrphan("sensor", "central");
    }

    /// Starts Central and prints where its page is.
    void central() {
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
            say("Stopping Central and its database");
            central.stop(STOP_SECONDS);
        });
        say("Starting Central (data in " + instance.data() + ")");
        central.start(true);
        central.awaitReady(120);
        say("Bulwark is at http://127.0.0.1:" + ports.http() + " (ready after "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms)");
    }

    /// Builds and starts the local cluster, applies the sample, and runs Sensor against it.
    void localCluster(boolean sample) {
        Map<String, String> can = LocalCluster.can();
        if (!can.getOrDefault("control-plane", "no").startsWith("yes")) {
            say("No local cluster: " + can.getOrDefault("control-plane", "unknown"));
            say("Central runs alone. `bulwark up --kubeconfig FILE` guards a cluster that exists.");
            return;
        }
        LocalCluster cluster = new LocalCluster(instance, this::say);
        undoLater(() -> {
            say("Stopping the local cluster");
            cluster.stop();
        });
        Path admin = cluster.start(can);
        if (stopped.getCount() == 0) return;
        if (sample) cluster.sample();
        var guard = new Guard(admin, null);
        sensor("local", guard);
    }

    /// Guards a cluster that a person named, after asking.
    void guard(Guard guard, boolean yes) {
        if (!guard.confirm(yes)) throw new CommandFailure("not confirmed; nothing was changed in the cluster");
        String context = guard.context();
        String name = context == null ? "named" : context.replaceAll("[^a-zA-Z0-9._-]", "-");
        sensor(name, guard);
        say("Take Sensor's objects out of the cluster again with: bulwark down --remove --kubeconfig "
                + guard.kubeconfig() + (context == null ? "" : " --context " + context));
    }

    private void sensor(String name, Guard guard) {
        Path home = instance.sensor(name);
        Path kubeconfig = home.resolve("kubeconfig");
        Path registration = home.resolve("registration");
        try {
            Files.createDirectories(home);
            guard.grant(kubeconfig);
            if (!Files.exists(home.resolve("identity"))) Files.writeString(registration, register(name));
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new CommandFailure(home + ": cannot be written (" + e.getMessage() + ")");
        }
        Child sensor = new Child(
                instance,
                "sensor",
                Programs.sensor(
                        "--central", "https://127.0.0.1:" + ports.https(),
                        "--registration", registration.toString(),
                        "--kubeconfig", kubeconfig.toString(),
                        "--data", home.toString()),
                this::say);
        undoLater(() -> {
            say("Stopping Sensor");
            sensor.stop(STOP_SECONDS);
        });
        sensor.start(true);
        sensor.awaitReady(300);
        say("Sensor watches cluster '" + name + "'; its workloads and alerts are on the page");
    }

    private String register(String name) {
        Login login = Login.local(instance.data());
        if (login == null) throw new CommandFailure("Central runs, but left no local token in " + instance.central());
        ApiClient client = new ApiClient(login);
        for (var old : client.get("/clusters?limit=500").path("items")) {
            boolean same = old.path("name").asText().equals(name);
            if (same) client.send("DELETE", "/clusters/" + old.path("id").asText(), null);
        }
        var body = JsonNodeFactory.instance.objectNode().put("name", name);
        return client.send("POST", "/clusters", body).path("secret").asText() + "\n";
    }

    /// Waits for Ctrl-C or `bulwark down`.
    void untilStopped() {
        say("Press Ctrl-C to stop.");
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        while (true) {
            Runnable next;
            synchronized (undo) {
                next = undo.poll();
            }
            if (next == null) break;
            next.run();
        }
        try {
            instance.forget("up");
            lock.release();
        } catch (IOException e) {
            say("the lock of " + instance.data() + " could not be released: " + e.getMessage());
        }
        if (stopped.getCount() == 0) say("Stopped.");
        closed.countDown();
    }

    private void signalled() {
        if (closed.getCount() == 0) return;
        stopped.countDown();
        try {
            // The main thread may be in the middle of a start; then this thread undoes what was done so far.
            if (!closed.await(2, TimeUnit.SECONDS)) close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopOrphan(String... names) {
        for (String name : names) {
            instance.process(name).ifPresent(process -> {
                say("Stopping " + name + " (process " + process.pid() + "), left over from an `up` that was killed");
                DownCommand.end(process, STOP_SECONDS);
            });
        }
    }

    private void undoLater(Runnable step) {
        synchronized (undo) {
            undo.push(step);
        }
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
