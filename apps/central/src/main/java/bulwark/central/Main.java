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

    /// What the command line asks for, once its words are understood.
    private interface Task {
        int run() throws Exception;
    }

    private static int run(String... words) {
        Task task;
        try {
            Arguments arguments = Arguments.parse(words);
            // what is done once says at its end what it did; a server's steps are worth a line each
            Logging.start(environment("BULWARK_LOG", arguments.words().isEmpty() ? "info" : "warn"));
            task = task(arguments);
        } catch (UserError | IllegalArgumentException e) {
            System.err.println(PROGRAM + ": " + e.getMessage());
            return 2;
        }
        try {
            return task.run();
        } catch (Exception e) {
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
            return UserError.print(PROGRAM, e, System.err);
        }
    }

    private static Task task(Arguments arguments) {
        if (arguments.has("--help")) return () -> show(HELP);
        if (arguments.has("--version")) return () -> show(Version.TEXT + "\n");
        String command = String.join(" ", arguments.words());
        boolean restores = arguments.words().size() == 2 && command.startsWith("restore ");
        if (!restores && !command.isEmpty() && !command.equals("admin reset-password")) {
            throw new UserError(
                    "command", "none, admin reset-password or restore FILE", "it is " + command, "see --help");
        }
        CentralSettings settings = arguments.settings();
        DatabaseAddress address = databaseAddress();
        if (restores)
            return () -> restore(arguments, address, Path.of(arguments.words().getLast()));
        return command.isEmpty() ? () -> serve(settings, address) : () -> resetPassword(settings, address);
    }

    private static int show(String text) {
        System.out.print(text);
        System.out.flush();
        return 0;
    }

    private static int serve(CentralSettings settings, @Nullable DatabaseAddress address) throws Exception {
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
            settings.check(clock.instant()); // before the database is started, so that what is wrong is told at once
            Database database = data.open(lifecycle, address, metrics);
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

    private static int resetPassword(CentralSettings settings, @Nullable DatabaseAddress address) throws Exception {
        if (address == null) DataDirectory.checkHasDatabase(settings.data());
        try (var lifecycle = new Lifecycle()) {
            DataDirectory data = lifecycle.start("data directory", () -> DataDirectory.lock(settings.data()));
            Database database = data.open(lifecycle, address, Metrics.unseen());
            showPassword(new AdminAccount(database, Clock.systemUTC()).resetPassword());
        }
        return 0;
    }

    private static int restore(Arguments arguments, @Nullable DatabaseAddress address, Path backup) throws Exception {
        CentralSettings settings = arguments.settings();
        boolean withoutKey = arguments.has("--without-key");
        try (var lifecycle = new Lifecycle()) {
            DataDirectory data = lifecycle.start("data directory", () -> DataDirectory.lock(settings.data()));
            if (!withoutKey) BackupKey.of(backup).ensure(settings.keyFile(), passphrase(arguments));
            data.restore(lifecycle, address, backup, withoutKey);
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
