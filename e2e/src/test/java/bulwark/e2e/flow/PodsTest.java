package bulwark.e2e.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import bulwark.base.tls.Certificates;
import bulwark.base.tls.Identity;
import bulwark.base.tls.Pem;
import bulwark.base.tls.SwappableTrustManager;
import bulwark.base.tls.TlsContexts;
import bulwark.e2e.system.Api;
import bulwark.e2e.system.Bulwark;
import bulwark.e2e.system.CentralPod;
import bulwark.e2e.system.Images;
import bulwark.e2e.system.InstalledApp;
import bulwark.e2e.system.LocalKubernetes;
import bulwark.e2e.system.Part;
import bulwark.wire.RegistrationLine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The container images run as pods on a real node, installed by the plain manifests with nothing but addresses
/// changed.
class PodsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private static Map<String, Images.Image> images;
    private static LocalKubernetes cluster;

    @BeforeAll
    static void start() throws Exception {
        LocalKubernetes.require(1);
        Images.require();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = tasks.submit(() -> Images.make(folder.resolve("tools")));
            cluster = LocalKubernetes.start(folder.resolve("cluster"), 1);
            images = made.get();
        }
        for (Images.Image image : images.values()) {
            cluster.script("import", image.archive().toString());
        }
        cluster.script("sample");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) cluster.close();
    }

    @Test
    void theSameInputsGiveTheSameImagesByteForByte() throws IOException {
        Path other = folder.resolve("other");
        copy(folder.resolve("tools/images/debian-trixie"), other.resolve("images/debian-trixie"));

        var again = Images.make(other);

        assertThat(again).containsOnlyKeys("central", "sensor");
        for (String app : again.keySet()) {
            assertThat(again.get(app).digest()).isEqualTo(images.get(app).digest());
            assertThat(Files.mismatch(again.get(app).archive(), images.get(app).archive()))
                    .isEqualTo(-1);
        }
    }

    @Test
    void sensorAsAPodJoinsOverMutualTlsAndItsSuccessorIsTheSameSensor() throws Exception {
        String host = cluster.fact("HOST_ADDRESS");
        var sensor = new InstalledApp(cluster, "sensor", "bulwark");
        try (Bulwark bulwark = new Bulwark(folder, "--host", host)) {
            String line = bulwark.register("pods");
            sensor.applyNamespace();
            sensor.secret("bulwark-registration", "registration", line);
            sensor.apply(manifests -> manifests);
            sensor.awaitReady();

            awaitFreshAlerts("pods", bulwark.api());
            JsonNode shown = awaitConnected(bulwark.api());
            assertThat(shown.path("missingPermissions").findValuesAsText("resource"))
                    .containsExactly("secrets");
            assertThat(bulwark.api().all("/workloads", "cluster:pods")).hasSizeGreaterThan(10);
            runsRestricted(sensor.pod());
            String identity = identity();
            X509Certificate authority = authority(identity, RegistrationLine.parse(line));
            X509Certificate certificate = certificate(identity);
            certificate.verify(authority.getPublicKey());
            assertThat(Identity.of(certificate))
                    .contains(new Identity("sensor", shown.path("id").asText()));
            assertThatThrownBy(() -> speakWithoutCertificate(host, bulwark.grpcPort(), authority))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("Received fatal alert")
                    .hasMessageContaining("certificate");

            sensor.kubectl("delete", "secret", "bulwark-registration");
            sensor.apply(manifests -> manifests);
            sensor.replacePod();
            cluster.kubectl(
                    "-n", "shop", "create", "deployment", "after-the-pod", "--image=registry.shop.example/cart:2.0.1");

            awaitFreshAlerts("pods", bulwark.api());
            assertThat(identity()).isEqualTo(identity);
            assertThat(awaitConnected(bulwark.api()).path("id")).isEqualTo(shown.path("id"));
        }
    }

    @Test
    void centralAsAPodServesItsPageAndASensorAndKeepsBothWhenThePodIsReplaced() throws Exception {
        String address = cluster.fact("SERVICE_CIDR").replace(".0.0/16", ".77.77");
        InstalledApp central = CentralPod.install(cluster, address, folder.resolve("central-volume"));
        runsRestricted(central.pod());
        Path tokens = folder.resolve("tokens");
        Path home = Files.createDirectories(folder.resolve("sensor-of-the-pod"));
        try (var page = CentralPod.open(cluster, central)) {
            assertThat(page.get("/healthz")).isEqualTo("ok\n");
            assertThat(page.get("/")).contains("<div id=\"root\"");
            assertThat(page.signIn()).isEqualTo(201);
            String line = page.api(tokens)
                    .send("POST", "/clusters", "{\"name\":\"beside\"}")
                    .path("secret")
                    .asText();
            Files.writeString(home.resolve("registration"), line + "\n");
        }
        try (var sensor = sensorBeside(home)) {
            sensor.awaitReady();
            JsonNode before;
            try (var page = CentralPod.open(cluster, central)) {
                awaitFreshAlerts("beside", page.api(tokens));
                before = awaitConnected(page.api(tokens));
            }

            central.replacePod();

            try (var page = CentralPod.open(cluster, central)) {
                assertThat(awaitConnected(page.api(tokens)).path("id")).isEqualTo(before.path("id"));
                awaitFreshAlerts("beside", page.api(tokens));
            }
        }
    }

    /// The one cluster, once its Sensor is connected.
    private static JsonNode awaitConnected(Api api) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> api.all("/clusters", ""),
                        all -> all.size() == 1
                                && all.getFirst().path("status").asText().equals("CONNECTED"))
                .getFirst();
    }

    private static void awaitFreshAlerts(String name, Api api) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    var fresh = FreshAlerts.of(name, cluster);
                    assertThat(fresh).hasSizeGreaterThan(20);
                    assertThat(FreshAlerts.shown(name, api)).isEqualTo(fresh);
                });
    }

    /// Its namespace refuses all but the restricted profile, it came up at the first attempt, as nobody in particular,
    /// and our own policies have nothing to say against it.
    private static void runsRestricted(JsonNode pod) {
        String namespace = pod.path("metadata").path("namespace").asText();
        JsonNode labels = cluster.json("namespace", namespace).path("metadata").path("labels");
        assertThat(labels.path("pod-security.kubernetes.io/enforce").asText()).isEqualTo("restricted");
        JsonNode status = pod.path("status").path("containerStatuses").path(0);
        assertThat(status.path("restartCount").asInt()).isZero();
        assertThat(status.path("user").path("linux").path("uid").asInt()).isEqualTo(65532);
        JsonNode security = pod.path("spec").path("containers").path(0).path("securityContext");
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(FreshAlerts.of("ours", cluster).keySet())
                .noneMatch(alert -> alert.startsWith("ours " + namespace + " "));
    }

    private static String identity() {
        JsonNode secret = cluster.json("secret", "-n", "bulwark", "bulwark-sensor-identity");
        return new String(
                Base64.getDecoder().decode(secret.path("data").path("identity").asText()), UTF_8);
    }

    private static X509Certificate certificate(String identity) throws IOException {
        return Pem.certificates(JSON.readTree(identity).path("certificate").asText())
                .getFirst();
    }

    /// Of those that Sensor trusts the one that the registration vouched for.
    private static X509Certificate authority(String identity, RegistrationLine registration) throws IOException {
        return Pem.certificates(JSON.readTree(identity).path("authorities").asText()).stream()
                .filter(each -> Certificates.fingerprint(each).equals(registration.fingerprint()))
                .findFirst()
                .orElseThrow();
    }

    private static void speakWithoutCertificate(String host, int port, X509Certificate authority) throws IOException {
        var context = TlsContexts.of(null, new SwappableTrustManager(List.of(authority)));
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(host, port)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // what Central says before it has looked for a certificate
            }
        }
    }

    private static Part sensorBeside(Path home) {
        return new Part(
                "bulwark.sensor.Main",
                home.resolve("log"),
                "--registration",
                home.resolve("registration").toString(),
                "--kubeconfig",
                cluster.kubeconfig().toString(),
                "--data",
                home.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
        }
    }
}
