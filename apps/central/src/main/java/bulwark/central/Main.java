package bulwark.central;

import bulwark.base.Lifecycle;
import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.base.log.Logging;
import bulwark.central.backup.BackupKey;
import bulwark.central.session.AdminAccount;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Starts Central, or does one thing with the data of one that does not run.
///
/// Exit status: 0 stopped in order, 1 something that the person at the keyboard can mend (one line says what), 2 the
/// command line is wrong, 70 a fault of ours.
public final class Main {
    private static final String PROGRAM = "bulwark-central";
    private static final String HELP = """
            Usage: bulwark-central --data DIR [OPTIONS]          runs Central
                   bulwark-central admin reset-password --data DIR
                   bulwark-central restore FILE --data DIR [--passphrase-file FILE | --without-key]

              --data DIR        where state is kept
              --http PORT       the page and the API, http, on 127.0.0.1 only (8080)
              --https PORT      the page and the API, TLS, on all addresses (8443)
              --grpc PORT       for Sensors, mutual TLS, on all addresses (8444)
              --host NAME       a name or address by which Central is reached; may be repeated
              --tls-cert FILE   certificate chain (PEM) for --https instead of one by Central's own authority
              --tls-key FILE    its key (PEM)
              --key-file FILE   the key that seals stored secrets (DIR/secret.key)
              --passphrase-file FILE   the passphrase that a backup was made with, to take its key from it
              --without-key     restores though the key is lost: Sensors have to join anew
              --version, --help

            BULWARK_DB_URL   postgresql://user:password@host:port/database: use this server, not the embedded one
            BULWARK_LOG      error, warn, info or debug (info)
            """;

    private Main() {}

    public static void main(String[] arguments) {
        int status = run(arguments);
        if (status != 0) System.exit(status);
    }

    private static int run(String... words) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
            Logging.start(environment("BULWARK_LOG", "info"));
        } catch (UserError | IllegalArgumentException e) {
            System.err.println(PROGRAM + ": " + e.getMessage());
            return 2;
        }
        if (arguments.has("--help")) {
            System.out.print(HELP);
            return 0;
        }
        if (arguments.has("--version")) {
            System.out.println(Version.TEXT);
            return 0;
        }
        try {
            return command(arguments);
        } catch (Exception e) {
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
            return UserError.print(PROGRAM, e, System.err);
        }
    }

    private static int command(Arguments arguments) throws Exception {
        String command = String.join(" ", arguments.words());
        if (command.isEmpty()) return serve(arguments.settings());
        if (command.equals("admin reset-password")) return resetPassword(arguments.settings());
        if (arguments.words().size() == 2 && arguments.words().getFirst().equals("restore")) {
            return restore(arguments, Path.of(arguments.words().getLast()));
        }
        System.err.println(PROGRAM + ": expected no command, admin reset-password or restore FILE, got: " + command);
        return 2;
    }

    private static int serve(CentralSettings settings) throws Exception {
        Clock clock = Clock.systemUTC();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var metrics = new Metrics(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        try (var lifecycle = new Lifecycle()) {
            lifecycle.closeOnSignal();
            DataDirectory data = lifecycle.start("data directory", () -> DataDirectory.lock(settings.data()));
            Database database = data.open(lifecycle, databaseAddress(), metrics);
            new AdminAccount(database, clock).makeAtFirstStart().ifPresent(Main::showPassword);
            var parts = new Central.Parts(database, registry, clock, Version.TEXT);
            Central central = Central.start(lifecycle, settings, parts);
            data.announce(central, Version.TEXT);
            System.out.println("READY http=" + central.httpPort() + " https=" + central.httpsPort() + " grpc="
                    + central.grpcPort());
            System.out.flush();
            lifecycle.awaitStop();
        }
        return 0;
    }

    private static int resetPassword(CentralSettings settings) throws Exception {
        try (var lifecycle = new Lifecycle()) {
            DataDirectory data = lifecycle.start("data directory", () -> DataDirectory.lock(settings.data()));
            Database database = data.open(lifecycle, databaseAddress(), Metrics.unseen());
            showPassword(new AdminAccount(database, Clock.systemUTC()).resetPassword());
        }
        return 0;
    }

    private static int restore(Arguments arguments, Path backup) throws Exception {
        CentralSettings settings = arguments.settings();
        boolean withoutKey = arguments.has("--without-key");
        try (var lifecycle = new Lifecycle()) {
            DataDirectory data = lifecycle.start("data directory", () -> DataDirectory.lock(settings.data()));
            if (!withoutKey) BackupKey.of(backup).ensure(settings.keyFile(), passphrase(arguments));
            data.restore(lifecycle, databaseAddress(), backup, withoutKey);
        }
        System.out.println("The backup is restored.");
        return 0;
    }

    private static @Nullable String passphrase(Arguments arguments) throws IOException {
        String file = arguments.last("--passphrase-file");
        if (file == null) return null;
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (NoSuchFileException e) {
            throw new UserError(
                    "--passphrase-file " + file, "a file with one line", "there is none", "name another", e);
        }
    }

    private static void showPassword(String password) {
        System.out.println("Sign in as " + AdminAccount.NAME + " with the password " + password
                + " (shown this once; `bulwark admin reset-password` makes another)");
        System.out.flush();
    }

    private static @Nullable DatabaseAddress databaseAddress() {
        String url = environment("BULWARK_DB_URL", "");
        return url.isEmpty() ? null : DatabaseAddress.parse(url);
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
