package bulwark.sensor;

import bulwark.base.Lifecycle;
import bulwark.base.UserError;
import bulwark.base.log.Logging;
import bulwark.sensor.connection.CentralConnection;
import bulwark.sensor.connection.IdentityKeeper;
import bulwark.sensor.connection.JoinClient;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.grant.Grant;
import bulwark.sensor.watch.ClusterAccess;
import bulwark.sensor.watch.Reason;
import bulwark.wire.RegistrationLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts Sensor: reads its options, joins Central where it has not yet, and runs until it is told to stop.
public final class Main {
    private static final int WRONG_WORDS = 2;
    private static final int REMOVED = 3;
    private static final int REPLACED = 4;
    private static final int LONGEST_LINE = 8192;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(Main.class);

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
        prepare(options.data());
        SensorIdentity identity = identity(options, environment.get("BULWARK_REGISTRATION"));
        var sensor = new Sensor(
                new IdentityKeeper(options.data(), identity),
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

    private static void prepare(Path data) {
        try {
            if (!Files.isDirectory(data)) {
                Files.createDirectories(
                        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.isWritable(data)) {
                throw new UserError(data.toString(), "a folder to write to", "it is not", "name another with --data");
            }
        } catch (IOException e) {
            UserError known = UserError.of(data.toString(), e);
            if (known != null) throw known;
            throw new UserError(
                    data.toString(),
                    "a folder to write to",
                    String.valueOf(e.getMessage()),
                    "name another with --data",
                    e);
        }
    }

    /// Who this Sensor is: who it was, unless it is given a registration that it has not joined with.
    private static SensorIdentity identity(SensorOptions options, @Nullable String inline)
            throws IOException, InterruptedException {
        Optional<SensorIdentity> kept = SensorIdentity.load(options.data());
        RegistrationLine registration = registration(options, inline, kept.isPresent());
        boolean joined = kept.isPresent()
                && (registration == null || kept.get().registration().equals(JoinClient.hash(registration)));
        if (joined) {
            SensorIdentity identity = kept.get();
            if (Instant.now().isAfter(identity.expiresAt())) {
                throw new UserError(
                        options.data().resolve(SensorIdentity.FILE).toString(),
                        "a certificate that is valid",
                        "it expired at " + identity.expiresAt(),
                        "give a new registration with --registration (bulwark cluster add NAME)");
            }
            return at(options, identity);
        }
        if (registration == null) {
            throw new UserError(
                    "sensor",
                    "a registration, since this Sensor has not joined a Central yet",
                    "there is none",
                    "give --registration FILE with the line that `bulwark cluster add NAME` shows");
        }
        return join(options, registration);
    }

    /// The same Sensor with Central where the options say.
    private static SensorIdentity at(SensorOptions options, SensorIdentity kept) {
        List<URI> addresses = options.central() == null ? kept.addresses() : List.of(options.central());
        int port = options.grpcPort() == null ? kept.grpcPort() : options.grpcPort();
        return new SensorIdentity(
                kept.clusterId(),
                kept.keyAndChain(),
                kept.authorities(),
                addresses,
                port,
                kept.registration(),
                kept.salt());
    }

    private static SensorIdentity join(SensorOptions options, RegistrationLine registration)
            throws IOException, InterruptedException {
        List<URI> addresses = options.central() == null ? registration.addresses() : List.of(options.central());
        var client = new JoinClient(version());
        Duration wait = Duration.ofSeconds(1);
        while (true) {
            try {
                SensorIdentity identity = client.join(registration, addresses);
                identity.save(options.data());
                identity = at(options, identity);
                log.atInfo().addKeyValue("cluster", identity.clusterId()).log("joined Central");
                return identity;
            } catch (IOException e) {
                UserError known = e instanceof java.nio.file.FileSystemException
                        ? UserError.of(options.data().toString(), e)
                        : null;
                if (known != null) throw known;
                log.atWarn()
                        .addKeyValue("central", addresses)
                        .addKeyValue("reason", Reason.of(e))
                        .log("Central cannot be joined yet, trying again");
            }
            Thread.sleep(wait);
            wait = wait.compareTo(LONGEST_RETRY) < 0 ? wait.multipliedBy(2) : wait;
        }
    }

    /// A Sensor that has joined does not need the file any more; it may be gone.
    private static @Nullable RegistrationLine registration(
            SensorOptions options, @Nullable String inline, boolean joined) throws IOException {
        String from = options.registration();
        if (from == null) return null;
        String line;
        if (from.equals("env")) {
            line = inline == null ? "" : inline;
        } else if (from.equals("-")) {
            line = firstLine(System.in);
        } else {
            Path file = Path.of(from);
            if (joined && !Files.exists(file)) return null;
            try (InputStream in = Files.newInputStream(file)) {
                line = firstLine(in);
            }
        }
        try {
            return RegistrationLine.parse(line);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "--registration",
                    "the line that `bulwark cluster add NAME` shows",
                    String.valueOf(e.getMessage()),
                    "copy it whole",
                    e);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        String text = new String(in.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
