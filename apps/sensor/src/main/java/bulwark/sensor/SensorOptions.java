package bulwark.sensor;

import bulwark.base.UserError;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the command line and the environment say.
record SensorOptions(
        @Nullable URI central,
        @Nullable Integer grpcPort,
        @Nullable String registration,
        @Nullable String registrationLine,
        @Nullable Path kubeconfig,
        @Nullable String context,
        Path data,
        @Nullable String identitySecret,
        @Nullable InetSocketAddress health,
        String logLevel,
        Action action) {
    static final String HELP = """
            Sensor of Bulwark: watches one Kubernetes cluster read-only and keeps Central's inventory of it equal.

            Usage: sensor [flags]
              --registration FILE|-   the line that `bulwark cluster add NAME` gave, to join once (- reads it from
                                      standard input; the environment's BULWARK_REGISTRATION holds the line itself)
              --central URL           where Central's API is, in place of the addresses in the registration
              --grpc-port PORT        Central's port for Sensors, in place of the one that it named when it was joined
              --kubeconfig FILE       the cluster to watch; in a pod its ServiceAccount is used without it
              --context NAME          the context in that file; its current one without it
              --data DIR              where this Sensor's key and certificate are kept (default: sensor-data)
              --identity-secret NAME  keep them in this Secret of the pod's namespace instead; it must be there
              --health-port [ADDRESS:]PORT
                                      serve /healthz, /readyz and /metrics there; on loopback without an address
              --log LEVEL             error, warn, info or debug (default: info)
              --version, --help

            Prints `READY cluster=ID` once Central has the whole inventory. Exit status: 143 stopped by SIGTERM, 1
            something that you can mend, 2 wrong flags, 3 this cluster was removed from Central, 4 another Sensor speaks
            for it.
            """;

    private static final Set<String> WITH_VALUE = Set.of(
            "--registration",
            "--central",
            "--grpc-port",
            "--kubeconfig",
            "--context",
            "--data",
            "--identity-secret",
            "--health-port",
            "--log");

    private static final Set<String> GRANT_FLAGS = Set.of("--manifests", "--kubeconfig", "--context", "--out");

    /// What is wanted of the process.
    enum Action {
        RUN,
        SHOW_VERSION,
        SHOW_HELP
    }

    static SensorOptions parse(String[] arguments, Map<String, String> environment) {
        var values = new java.util.HashMap<String, String>();
        Action action = Action.RUN;
        for (int i = 0; i < arguments.length; i++) {
            String flag = arguments[i];
            int equals = flag.indexOf('=');
            String name = equals > 0 ? flag.substring(0, equals) : flag;
            if (name.equals("--help") || name.equals("-h")) {
                action = Action.SHOW_HELP;
            } else if (name.equals("--version")) {
                action = Action.SHOW_VERSION;
            } else if (!WITH_VALUE.contains(name)) {
                throw unknown(name);
            } else if (equals > 0) {
                values.put(name, flag.substring(equals + 1));
            } else if (i + 1 < arguments.length) {
                values.put(name, arguments[++i]);
            } else {
                throw withoutValue(name);
            }
        }
        String registration = values.get("--registration");
        String inline = environment.get("BULWARK_REGISTRATION");
        String kubeconfig = values.get("--kubeconfig");
        return new SensorOptions(
                central(values.get("--central")),
                grpcPort(values.get("--grpc-port")),
                registration == null && inline != null && !inline.isBlank() ? "env" : registration,
                inline,
                kubeconfig == null ? null : Path.of(kubeconfig),
                values.get("--context"),
                Path.of(values.getOrDefault("--data", "sensor-data")),
                values.get("--identity-secret"),
                health(values.get("--health-port")),
                level(values.getOrDefault("--log", "info")),
                action);
    }

    /// The flags of `grant` and `revoke`, behind the command's name; `--show` has an empty value.
    static Map<String, String> grantFlags(String[] arguments) {
        var flags = new java.util.HashMap<String, String>();
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals("--show")) flags.put(name, "");
            else if (!GRANT_FLAGS.contains(name)) throw unknown(name);
            else if (i + 1 < arguments.length) flags.put(name, arguments[++i]);
            else throw withoutValue(name);
        }
        for (String needed : List.of("--manifests", "--kubeconfig")) {
            if (!flags.containsKey(needed)) throw withoutValue(needed);
        }
        if (arguments[0].equals("grant") && !flags.containsKey("--show") && !flags.containsKey("--out")) {
            throw new UserError("grant", "--show or --out FILE", "neither came", "see sensor grant --help");
        }
        return flags;
    }

    private static @Nullable URI central(@Nullable String text) {
        if (text == null) return null;
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "--central", "an address like https://central:8443", "it is none: " + text, "see --help", e);
        }
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new UserError("--central", "an address like https://central:8443", "got " + text, "see --help");
        }
        return uri;
    }

    private static @Nullable Integer grpcPort(@Nullable String text) {
        if (text == null) return null;
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
            return Integer.valueOf(text);
        }
        throw new UserError("--grpc-port", "a port from 1 to 65535", "got " + text, "see --help");
    }

    private static @Nullable InetSocketAddress health(@Nullable String text) {
        if (text == null) return null;
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535 || host.isEmpty()) {
            throw new UserError("--health-port", "[ADDRESS:]PORT", "got " + text, "see --help");
        }
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    private static String level(String level) {
        if (!Set.of("error", "warn", "info", "debug").contains(level)) {
            throw new UserError("--log", "error, warn, info or debug", "got " + level, "see --help");
        }
        return level;
    }

    private static UserError unknown(String name) {
        return new UserError("flag " + name, "one that Sensor knows", "it is none", "--help lists them");
    }

    private static UserError withoutValue(String name) {
        return new UserError("flag " + name, "a value", "none came", "give one: " + name + " VALUE");
    }
}
