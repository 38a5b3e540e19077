package bulwark.e2e.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.e2e.system.Program;
import bulwark.e2e.system.Shell;
import bulwark.sensor.connection.IdentityFile;
import bulwark.sensor.connection.SensorIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that cannot be guarded as it was named is told by the real Sensor in one line, before anything is changed.
class BadKubeconfigTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Path MANIFESTS =
            Path.of(System.getProperty("bulwark.root")).resolve("deploy/manifests/sensor");

    @TempDir
    private Path folder;

    private static Shell.Outcome sensor(String... words) {
        return Program.run("bulwark.sensor.Main", List.of(), words);
    }

    private static Shell.Outcome show(Path kubeconfig, String... more) {
        var words = new java.util.ArrayList<>(
                List.of("grant", "--show", "--manifests", MANIFESTS.toString(), "--kubeconfig", kubeconfig.toString()));
        words.addAll(List.of(more));
        return sensor(words.toArray(String[]::new));
    }

    private static void refused(Shell.Outcome outcome, int status, String line) {
        assertThat(outcome.err().lines())
                .singleElement()
                .satisfies(said -> assertThat(said).matches(line));
        assertThat(outcome.status()).isEqualTo(status);
    }

    private Path kubeconfig(String cluster, String user) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: prod
                clusters: [{name: prod, cluster: {%s}}]
                users: [{name: me, user: {%s}}]
                contexts: [{name: prod, context: {cluster: prod, user: me}}]
                """.formatted(cluster, user));
    }

    @Test
    void sensorRefusesWordsThatItDoesNotKnow() {
        refused(
                sensor("--colour"),
                2,
                "sensor: flag --colour: expected one that Sensor knows, but it is none; --help lists them");
        refused(sensor("--data"), 2, "sensor: flag --data: expected a value, but none came; give one: --data VALUE");
        refused(sensor("grant", "--foo"), 2, "sensor: flag --foo: expected one that Sensor knows, .*");
        refused(sensor("revoke"), 2, "sensor: flag --manifests: expected a value, but none came; .*");
        refused(
                sensor("--central", "http://here"),
                2,
                "sensor: --central: expected an address like https://central:8443, but got http://here; see --help");
    }

    @Test
    void aFileThatIsNoKubeconfigIsToldWithItsName() throws IOException {
        Path none = folder.resolve("none");
        refused(
                show(none),
                1,
                "sensor: .*/none: expected a kubeconfig, but there is none; name a kubeconfig that works with kubectl");
        refused(
                show(Files.writeString(folder.resolve("text"), "- [unclosed\n")),
                1,
                "sensor: .*/text: expected a kubeconfig, but it cannot be read \\(.+\\); name .*");
        refused(
                show(Files.writeString(folder.resolve("empty"), "")),
                1,
                "sensor: .*/empty: expected a kubeconfig, but .*; name .*");
        Path file = kubeconfig("server: 'https://127.0.0.1:1'", "token: x");
        refused(
                show(file, "--context", "staging"),
                1,
                "sensor: .*/kubeconfig: expected a context 'staging', but it has: prod; name one of these with"
                        + " --context");
    }

    @Test
    void credentialsThatCannotBeUsedAreToldBeforeTheServerIsAsked() throws IOException {
        Instant now = Instant.now();
        var authority = new CertificateAuthority(
                List.of(CertificateAuthority.newIssuer("test", now.minus(DAY), DAY.multipliedBy(9))));
        KeyAndChain expired = authority.issue(
                Grant.client(new Identity("sensor", "one"), Duration.ofHours(1)), now.minus(Duration.ofHours(3)));
        String server = "server: 'https://127.0.0.1:1'";

        refused(
                show(kubeconfig(
                        server,
                        "client-certificate-data: " + base64(Pem.of(expired.chain())) + ", client-key-data: "
                                + base64(Pem.of(expired.key())))),
                1,
                "sensor: .*/kubeconfig: expected a client certificate that is valid, but it expired at .*; renew it.*");
        refused(
                show(kubeconfig(server + ", certificate-authority: /none/ca.crt", "token: x")),
                1,
                "sensor: .*/kubeconfig: expected .*/none/ca.crt.*");
        refused(
                show(kubeconfig(
                        server,
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin,"
                                + " interactiveMode: Never}")),
                1,
                "sensor: .*/kubeconfig: expected .*no-such-plugin.*");
    }

    @Test
    void aClusterThatDoesNotAnswerIsToldWithItsAddress() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        refused(
                show(kubeconfig("server: 'https://127.0.0.1:" + nobody + "'", "token: x")),
                1,
                "sensor: API server https://127.0.0.1:" + nobody
                        + "/?: expected it to answer, but it does not: no connection: nothing listens there, .+;"
                        + " check that kubectl reaches it with the same kubeconfig and context");
    }

    @Test
    void anIdentityWhoseCertificateHasExpiredIsToldWithWhatRenewsIt() throws IOException {
        Instant now = Instant.now();
        var authority = new CertificateAuthority(
                List.of(CertificateAuthority.newIssuer("test", now.minus(DAY), DAY.multipliedBy(9))));
        KeyAndChain expired = authority.issue(
                Grant.client(new Identity("sensor", "one"), Duration.ofHours(1)), now.minus(Duration.ofHours(3)));
        var identity = new SensorIdentity(
                "one",
                expired,
                authority.trusted(),
                List.of(URI.create("https://127.0.0.1:1")),
                8444,
                "registration",
                "salt");
        new IdentityFile(folder).save(identity);

        refused(
                sensor(
                        "--data",
                        folder.toString(),
                        "--kubeconfig",
                        kubeconfig("server: 'https://127.0.0.1:1'", "token: x").toString()),
                1,
                "sensor: .*/identity: expected a certificate that is valid, but it expired at .*; give a new"
                        + " registration with --registration \\(bulwark cluster add NAME\\)");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
