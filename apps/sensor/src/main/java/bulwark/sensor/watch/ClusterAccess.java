package bulwark.sensor.watch;

import bulwark.base.UserError;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// How the API server is reached and with whose rights: a kubeconfig with a context, or, in a pod, its ServiceAccount.
public final class ClusterAccess {
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final int LARGEST = 4 << 20;

    private final Config config;

    private ClusterAccess(Config config) {
        // HTTP/1.1 gives each watch a connection of its own: a stalled one holds up no other and can simply be closed
        config.setHttp2Disable(true);
        config.setRequestRetryBackoffLimit(0);
        config.setMaxConcurrentRequests(200);
        config.setMaxConcurrentRequestsPerHost(200);
        config.setUserAgent("bulwark-sensor");
        this.config = config;
    }

    /// From a kubeconfig; without a context its current one.
    public static ClusterAccess ofKubeconfig(Path file, @Nullable String context, Instant now) {
        Config config;
        try {
            if (!Files.isRegularFile(file)) throw broken(file, "there is none", null);
            if (Files.size(file) > LARGEST) throw broken(file, "it is larger than 4 MiB", null);
            config = Config.fromKubeconfig(context, file.toFile());
        } catch (IOException | RuntimeException e) {
            if (e instanceof UserError error) throw error;
            throw broken(file, "it cannot be read (" + Reason.of(e) + ")", e);
        }
        NamedContext current = config.getCurrentContext();
        if (context != null && (current == null || !context.equals(current.getName()))) {
            String known = String.join(
                    ", ",
                    config.getContexts().stream().map(NamedContext::getName).toList());
            throw new UserError(
                    file.toString(),
                    "a context '" + context + "'",
                    known.isEmpty() ? "it has no contexts" : "it has: " + known,
                    "name one of these with --context");
        }
        if (current == null) {
            throw broken(file, "it has no current context", null);
        }
        checkFile(file, "certificate-authority", config.getCaCertFile());
        checkFile(file, "client-certificate", config.getClientCertFile());
        checkFile(file, "client-key", config.getClientKeyFile());
        checkCertificate(file, config, now);
        checkProgram(file, config, current);
        return new ClusterAccess(config);
    }

    /// In a pod: its ServiceAccount, whose token is read again for each request, since the kubelet renews it.
    public static ClusterAccess ofPod(Map<String, String> environment) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.get("KUBERNETES_SERVICE_PORT");
        Path token = Path.of(SERVICE_ACCOUNT, "token");
        if (host == null || port == null || !Files.isReadable(token)) {
            throw new UserError(
                    "Kubernetes",
                    "a cluster to watch",
                    "this does not run in a pod with a ServiceAccount and no kubeconfig was named",
                    "name one with --kubeconfig FILE");
        }
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port)
                .withCaCertFile(SERVICE_ACCOUNT + "/ca.crt")
                .withOauthTokenProvider(() -> read(token))
                .withNamespace(read(Path.of(SERVICE_ACCOUNT, "namespace")))
                .build();
        return new ClusterAccess(config);
    }

    private static String read(Path token) {
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the ServiceAccount's token cannot be read", e);
        }
    }

    private static void checkFile(Path file, String what, @Nullable String named) {
        if (named == null || named.isEmpty() || Files.isReadable(Path.of(named))) return;
        throw new UserError(
                file.toString(),
                "a file for its " + what,
                "there is none, or it is not readable: " + named,
                "correct the path in the kubeconfig");
    }

    /// The client goes on without credentials where the program that gives them cannot be run.
    private static void checkProgram(Path file, Config config, NamedContext current) {
        String user = current.getContext().getUser();
        boolean has = isGiven(config.getAutoOAuthToken())
                || isGiven(config.getOauthToken())
                || isGiven(config.getClientCertData())
                || isGiven(config.getClientCertFile());
        if (has) return;
        for (NamedAuthInfo each : KubeConfigUtils.parseConfig(file.toFile()).getUsers()) {
            if (!each.getName().equals(user) || each.getUser().getExec() == null) continue;
            throw new UserError(
                    file.toString(),
                    "credentials from the program " + each.getUser().getExec().getCommand(),
                    "it gave none",
                    "run it by hand to see why, or install it");
        }
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    /// A certificate that has ended is told here in a line; the server would only end the handshake.
    private static void checkCertificate(Path file, Config config, Instant now) {
        byte[] pem = clientCertificate(file, config);
        if (pem.length == 0) return;
        X509Certificate certificate;
        try {
            certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw broken(file, "its client certificate cannot be read (" + Reason.of(e) + ")", e);
        }
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new UserError(
                    file.toString(),
                    "a client certificate that is valid",
                    "it expired at " + end,
                    "renew it, for example with the tool that made this kubeconfig");
        }
    }

    private static byte[] clientCertificate(Path file, Config config) {
        try {
            if (config.getClientCertData() != null
                    && !config.getClientCertData().isEmpty()) {
                return decoded(config.getClientCertData());
            }
            String path = config.getClientCertFile();
            return path == null || path.isEmpty() ? new byte[0] : Files.readAllBytes(Path.of(path));
        } catch (IOException | IllegalArgumentException e) {
            throw broken(file, "its client certificate cannot be read (" + Reason.of(e) + ")", e);
        }
    }

    private static byte[] decoded(String data) {
        return data.startsWith("-----")
                ? data.getBytes(StandardCharsets.US_ASCII)
                : Base64.getMimeDecoder().decode(data);
    }

    /// Opens a client; nothing is sent yet.
    public ApiServer open(WatchLimits limits) {
        return new ApiServer(http(), server(), limits);
    }

    private HttpClient http() {
        try {
            return new JdkHttpClientFactory().newBuilder(config).build();
        } catch (RuntimeException e) {
            throw new UserError(
                    "kubeconfig",
                    "keys and certificates that can be used",
                    "they cannot: " + Reason.of(e),
                    "check the client key (RSA in PKCS#1 or PKCS#8, EC as SEC1) and the CA data",
                    e);
        }
    }

    /// Opens what writes to the cluster: for a person who names it, and for Sensor's own identity, nothing else.
    public <T> T openWriter(BiFunction<HttpClient, String, T> writer) {
        return writer.apply(http(), server());
    }

    /// The name of the kubeconfig's context in force; empty in a pod.
    public String context() {
        NamedContext current = config.getCurrentContext();
        return current == null || current.getName() == null ? "" : current.getName();
    }

    /// The namespace that this access belongs to: the pod's, or the one of the kubeconfig's context.
    public Optional<String> namespace() {
        return Optional.ofNullable(config.getNamespace()).filter(name -> !name.isBlank());
    }

    /// The API server's address, without a slash at its end.
    public String server() {
        String url = config.getMasterUrl();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// The authority that signed the API server's certificate, in base64 as a kubeconfig holds it; null where the
    /// system's are trusted.
    public @Nullable String authority() throws IOException {
        String data = config.getCaCertData();
        if (data != null && !data.isEmpty()) {
            return data.startsWith("-----")
                    ? Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.US_ASCII))
                    : data;
        }
        String file = config.getCaCertFile();
        return file == null || file.isEmpty()
                ? null
                : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    }

    private static UserError broken(Path file, String came, @Nullable Exception cause) {
        String what = "name a kubeconfig that works with kubectl";
        return cause == null
                ? new UserError(file.toString(), "a kubeconfig", came, what)
                : new UserError(file.toString(), "a kubeconfig", came, what, cause);
    }
}
