package bulwark.e2e.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.e2e.system.Bulwark;
import bulwark.e2e.system.Program;
import bulwark.e2e.system.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person gives wrong to Central and Sensor is told by the real programs in one line that says what to do, with
/// an exit status by which a script knows it: 2 for wrong words, 1 for what can be mended elsewhere.
class BadInputTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Shell.Outcome central(String... words) {
        return Program.run("bulwark.central.Main", List.of("BULWARK_LOG=error"), words);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /// That the program ended so, and said one line and no more.
    private static void refused(Shell.Outcome outcome, int status, String line) {
        assertThat(outcome.err().lines())
                .singleElement()
                .satisfies(said -> assertThat(said).matches(line));
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.status()).isEqualTo(status);
    }

    private static String quoted(Object text) {
        return java.util.regex.Pattern.quote(text.toString());
    }

    @Test
    void centralRefusesWordsThatItDoesNotKnow() {
        refused(
                central("--data", data(), "--colour", "red"),
                2,
                "bulwark-central: option --colour: expected one that is known, but it is not; --help lists those.*");
        refused(central(), 2, "bulwark-central: option --data: expected a directory, but none was named; give one: .*");
        refused(
                central("serve", "--data", data()),
                2,
                "bulwark-central: command: expected none, admin reset-password or restore FILE, but it is serve; .*");
        refused(
                central("--data", data(), "--http", "eighty"),
                2,
                "bulwark-central: option --http: expected a port from 0 to 65535, but it is eighty; .*");
        refused(
                central("--data", data(), "--tls-key", "key.pem"),
                2,
                "bulwark-central: options --tls-cert and --tls-key: expected both or neither, but only one came; .*");
        refused(
                Program.run("bulwark.central.Main", List.of("BULWARK_LOG=loud"), "--data", data()),
                2,
                "bulwark-central: log level: expected error, warn, info or debug: loud");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void centralNamesThePortInUseWhoHoldsItAndTheOptionThatChoosesAnother() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            String holder = "process " + ProcessHandle.current().pid() + " \\(.+\\)";
            for (String option : List.of("--http", "--https", "--grpc")) {
                String[] words = {"--data", data(), "--http", "0", "--https", "0", "--grpc", "0", option, port};
                refused(
                        central(words),
                        1,
                        "bulwark-central: port " + port + ": expected it to be free, but " + holder
                                + " listens there; stop it or choose another port with " + option);
            }
        }
        refused(
                central("--data", data(), "--http", "8123", "--https", "8123"),
                1,
                "bulwark-central: options --http, --https and --grpc: expected three different ports, .*");
        assertThat(folder.resolve("data/postgres")).as("nothing was begun").doesNotExist();
    }

    @Test
    void centralRefusesADataDirectoryThatCannotBeOne() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        refused(
                central("--data", file.toString()),
                1,
                "bulwark-central: data directory " + quoted(file)
                        + ": expected a folder, but a file is in its place.*");
        refused(
                central("admin", "reset-password", "--data", data()),
                1,
                "bulwark-central: data directory " + quoted(data())
                        + ": expected the data of a Central, but there is none; name the directory .*");
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(file).hasContent("mine");
    }

    @Test
    void centralRefusesTlsFilesThatItCannotUse() throws IOException {
        Instant now = Instant.now();
        var authority = new CertificateAuthority(
                List.of(CertificateAuthority.newIssuer("test", now.minus(DAY), DAY.multipliedBy(9))));
        var grant = Grant.server(new Identity("central", "one"), List.of("127.0.0.1"), Duration.ofHours(1));
        KeyAndChain valid = authority.issue(grant, now);
        KeyAndChain expired = authority.issue(grant, now.minus(Duration.ofHours(3)));
        Path certificate = Files.writeString(folder.resolve("cert.pem"), Pem.of(valid.chain()));
        Path key = Files.writeString(folder.resolve("key.pem"), Pem.of(valid.key()));
        Path old = Files.writeString(folder.resolve("old.pem"), Pem.of(expired.chain()));
        Path oldKey = Files.writeString(folder.resolve("old-key.pem"), Pem.of(expired.key()));
        String where = "bulwark-central: options --tls-cert and --tls-key: expected ";

        refused(
                central(tls(folder.resolve("none.pem"), key)),
                1,
                where + "a file, but there is none: .*none.pem; check the path");
        refused(central(tls(certificate, oldKey)), 1, where + ".*expected the key of the certificate in .*");
        refused(central(tls(key, key)), 1, where + ".*expected a PEM block CERTIFICATE, found none; give others");
        refused(central(tls(old, oldKey)), 1, where + ".*old.pem expired at .*; give others");
    }

    private String[] tls(Path certificate, Path key) {
        return new String[] {
            "--data",
            data(),
            "--http",
            "0",
            "--https",
            "0",
            "--grpc",
            "0",
            "--tls-cert",
            certificate.toString(),
            "--tls-key",
            key.toString()
        };
    }

    @Test
    void centralRefusesADatabaseAddressThatIsNoneWithoutShowingIt() {
        refused(
                Program.run(
                        "bulwark.central.Main",
                        List.of("BULWARK_LOG=error", "BULWARK_DB_URL=mysql://me:hunter2@db/x"),
                        "--data",
                        data()),
                2,
                "bulwark-central: BULWARK_DB_URL: expected postgresql://user:password@host:port/database, but it is"
                        + " something else \\(not shown, since it may hold a password\\); correct it");
    }

    @Test
    void aDataDirectoryInUseIsLeftToTheOneThatUsesIt() throws IOException {
        try (var bulwark = new Bulwark(folder)) {
            refused(
                    central("--data", bulwark.data().toString(), "--http", "0", "--https", "0", "--grpc", "0"),
                    1,
                    "bulwark-central: data directory .*: expected no other Central to use it, but process \\d+ does;"
                            + " stop that one, or name another directory");

            assertThat(bulwark.data().resolve("run/central.json")).exists();
            assertThat(bulwark.api().get("/session").path("role").asText()).isEqualTo("ADMIN");
        }
        Path version = folder.resolve("central/postgres/data/PG_VERSION");
        String written = Files.readString(version);
        Files.writeString(version, "16\n");
        String[] words = {"--data", folder.resolve("central").toString(), "--http", "0", "--https", "0", "--grpc", "0"};
        refused(
                central(words),
                1,
                "bulwark-central: data directory .*: expected a database of PostgreSQL " + written.strip()
                        + ", but it is of PostgreSQL 16; make a backup with the Bulwark that wrote it .*");
        Files.writeString(version, written);
        Path key = folder.resolve("central/secret.key");
        Files.writeString(key, "not a key");
        refused(
                central(words),
                1,
                "bulwark-central: key file " + quoted(key)
                        + ": expected 32 bytes in base 64, but it is something else; .*");
        Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        refused(
                central(words),
                1,
                "bulwark-central: key file: expected the one that sealed what this database stores, but it is .*");
        Path backup = Files.writeString(folder.resolve("backup"), "not a backup");
        refused(
                central(
                        "restore",
                        backup.toString(),
                        "--data",
                        folder.resolve("central").toString()),
                1,
                "bulwark-central: backup " + quoted(backup) + ": expected a whole backup, but it cannot be read: .*");
    }
}
