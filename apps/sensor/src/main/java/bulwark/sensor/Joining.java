package bulwark.sensor;

import bulwark.base.UserError;
import bulwark.sensor.connection.IdentityFile;
import bulwark.sensor.connection.IdentityPlace;
import bulwark.sensor.connection.IdentitySecret;
import bulwark.sensor.connection.JoinClient;
import bulwark.sensor.connection.SensorIdentity;
import bulwark.sensor.watch.ClusterAccess;
import bulwark.sensor.watch.Reason;
import bulwark.wire.RegistrationLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who this Sensor is when it starts: who it was, or whom a registration makes it.
final class Joining {
    private static final int LONGEST_LINE = 8192;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(Joining.class);

    private final SensorOptions options;
    private final IdentityPlace place;
    private final String version;

    Joining(SensorOptions options, IdentityPlace place, String version) {
        this.options = options;
        this.place = place;
        this.version = version;
    }

    /// Where the identity is kept by these options.
    static IdentityPlace place(SensorOptions options, ClusterAccess access) {
        String secret = options.identitySecret();
        if (secret == null) {
            prepare(options.data());
            return new IdentityFile(options.data());
        }
        String namespace = access.namespace()
                .orElseThrow(() -> new UserError(
                        "--identity-secret " + secret,
                        "a namespace that it is in",
                        "the kubeconfig's context names none",
                        "name one there, or use --data"));
        return new IdentitySecret(access, namespace, secret);
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

    /// Who this Sensor was, unless it is given a registration that it has not joined with. Waits for what cannot be
    /// reached.
    SensorIdentity identity() throws IOException, InterruptedException {
        Optional<SensorIdentity> kept = untilDone("the identity cannot be read yet", place::load);
        RegistrationLine registration = registration(kept.isPresent());
        boolean joined = kept.isPresent()
                && (registration == null || kept.get().registration().equals(JoinClient.hash(registration)));
        if (joined) {
            SensorIdentity identity = kept.get();
            if (Instant.now().isAfter(identity.expiresAt())) {
                throw new UserError(
                        place.where(),
                        "a certificate that is valid",
                        "it expired at " + identity.expiresAt(),
                        "give a new registration with --registration (bulwark cluster add NAME)");
            }
            return whereOptionsSay(identity);
        }
        if (registration == null) {
            throw new UserError(
                    "sensor",
                    "a registration, since this Sensor has not joined a Central yet",
                    "there is none",
                    "give --registration FILE with the line that `bulwark cluster add NAME` shows");
        }
        return join(registration);
    }

    /// The registration is used up by the first step, so the second is tried until it is done.
    private SensorIdentity join(RegistrationLine registration) throws InterruptedException {
        List<URI> addresses = options.central() == null ? registration.addresses() : List.of(options.central());
        var client = new JoinClient(version);
        SensorIdentity identity = untilDone("Central cannot be joined yet", () -> client.join(registration, addresses));
        untilDone("the identity cannot be kept yet in " + place.where(), () -> {
            place.save(identity);
            return identity;
        });
        log.atInfo().addKeyValue("cluster", identity.clusterId()).log("joined Central");
        return whereOptionsSay(identity);
    }

    /// The same Sensor with Central where the options say.
    private SensorIdentity whereOptionsSay(SensorIdentity kept) {
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

    private interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    /// Tries again for as long as the world fails, but not where a person has to mend this machine.
    private <T> T untilDone(String what, Attempt<T> attempt) throws InterruptedException {
        Duration wait = Duration.ofSeconds(1);
        while (true) {
            try {
                return attempt.make();
            } catch (IOException e) {
                UserError known = e instanceof FileSystemException ? UserError.of(place.where(), e) : null;
                if (known != null) throw known;
                log.atWarn()
                        .addKeyValue("what", what)
                        .addKeyValue("reason", Reason.of(e))
                        .log("trying again");
            }
            Thread.sleep(wait);
            wait = wait.compareTo(LONGEST_RETRY) < 0 ? wait.multipliedBy(2) : wait;
        }
    }

    /// A Sensor that has joined does not need the file any more; it may be gone.
    private @Nullable RegistrationLine registration(boolean joined) throws IOException {
        String from = options.registration();
        if (from == null) return null;
        String line;
        if (from.equals("env")) {
            line = options.registrationLine() == null ? "" : options.registrationLine();
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
}
