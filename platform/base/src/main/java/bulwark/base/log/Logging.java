package bulwark.base.log;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Sets up the process's log: one line for each event on standard error.
public final class Logging {
    // java.util.logging keeps loggers weakly: a level set on one that nobody holds is lost
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger HELIDON = Logger.getLogger("io.helidon");
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");
    private static final Logger JOOQ = Logger.getLogger("org.jooq");
    private static final Logger HIKARI = Logger.getLogger("com.zaxxer.hikari");
    private static final Logger GRPC = Logger.getLogger("io.grpc");
    private static final Logger FABRIC8 = Logger.getLogger("io.fabric8");

    private Logging() {}

    /// Starts logging at `level`: `error`, `warn`, `info` or `debug`. What libraries say is shown from WARN or
    /// ERROR on.
    public static void start(String level) {
        Level wanted = switch (level) {
            case "error" -> Level.SEVERE;
            case "warn" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            default -> throw new IllegalArgumentException("log level: expected error, warn, info or debug: " + level);
        };
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new LineFormatter());
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        ROOT.setLevel(wanted);
        for (Logger library : new Logger[] {HELIDON, FLYWAY, JOOQ, GRPC}) {
            library.setLevel(wanted.intValue() < Level.WARNING.intValue() ? Level.WARNING : wanted);
        }
        // these warn with a stack trace of what we tell ourselves, in a line: a broken connection, a wrong kubeconfig
        for (Logger library : new Logger[] {HIKARI, FABRIC8}) library.setLevel(Level.SEVERE);
    }
}
