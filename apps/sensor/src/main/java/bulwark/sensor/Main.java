package bulwark.sensor;

import bulwark.base.Lifecycle;
import bulwark.base.UserError;
import bulwark.base.log.Logging;
import bulwark.sensor.connection.CentralConnection;
import bulwark.sensor.connection.IdentityKeeper;
import bulwark.sensor.connection.IdentityPlace;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.grant.Grant;
import bulwark.sensor.watch.ClusterAccess;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Starts Sensor: reads its options, joins Central where it has not yet, and runs until it is told to stop.
public final class Main {
    private static final int WRONG_WORDS = 2;
    private static final int REMOVED = 3;
    private static final int REPLACED = 4;

    private Main() {}

    /// The process.
    public static void main(String[] arguments) {
        // Netty's native transport would be unpacked to a disk that a container does not have
        System.setProperty("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
        int status;
        try {
            status = task(arguments).run();
        } catch (InterruptedException _) {
            status = 0;
        } catch (Exception e) {
            status = UserError.print("sensor", e, System.err);
        }
        System.exit(status);
    }

    /// What the command line asks for, once its words are understood.
    private interface Task {
        int run() throws Exception;
    }

    private static Task task(String... arguments) {
        try {
            boolean revoke = arguments.length > 0 && arguments[0].equals("revoke");
            if (!revoke && (arguments.length == 0 || !arguments[0].equals("grant"))) {
                var options = SensorOptions.parse(arguments, System.getenv());
                return () -> run(options, System.getenv());
            }
            if (List.of(arguments).contains("--help")) return () -> show(Grant.HELP);
            Map<String, String> flags = SensorOptions.grantFlags(arguments);
            Logging.start("warn");
            return () -> Grant.run(revoke, flags, System.out);
        } catch (UserError | IllegalArgumentException e) {
            System.err.println("sensor: " + e.getMessage());
            return () -> WRONG_WORDS;
        }
    }

    private static int show(String text) {
        System.out.print(text);
        return 0;
    }

    private static int run(SensorOptions options, Map<String, String> environment) throws Exception {
        switch (options.action()) {
            case SHOW_HELP -> {
                return show(SensorOptions.HELP);
            }
            case SHOW_VERSION -> {
                return show("bulwark sensor " + version() + "\n");
            }
            case RUN -> {}
        }
        Logging.start(options.logLevel());
        ClusterAccess access = options.kubeconfig() == null
                ? ClusterAccess.ofPod(environment)
                : ClusterAccess.ofKubeconfig(options.kubeconfig(), options.context(), Instant.now());
        IdentityPlace place = Joining.place(options, access);
        SensorIdentity identity = new Joining(options, place, version()).identity();
        var sensor = new Sensor(
                new IdentityKeeper(place, identity),
                access,
                Sensor.Limits.DEFAULT,
                version(),
                () -> System.out.println("READY cluster=" + identity.clusterId()));
        return run(sensor, options);
    }

    private static int run(Sensor sensor, SensorOptions options) throws Exception {
        var lifecycle = new Lifecycle();
        Thread main = Thread.currentThread();
        lifecycle.onClose("connection", main::interrupt);
        lifecycle.closeOnSignal();
        try (lifecycle) {
            return switch (sensor.run(lifecycle, options.health())) {
                case CentralConnection.Outcome.Removed(var message) ->
                    stop(REMOVED, "removed", message, "make a new registration to join again");
                case CentralConnection.Outcome.Replaced(var message) ->
                    stop(REPLACED, "replaced", message, "only one Sensor watches a cluster: stop one of them");
            };
        }
    }

    private static int stop(int status, String what, String message, String advice) {
        System.err.println("sensor: " + what + " by Central: "
                + message.lines().findFirst().orElse("") + "; " + advice);
        return status;
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
