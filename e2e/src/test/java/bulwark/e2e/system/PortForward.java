package bulwark.e2e.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A port of a pod on this machine's loopback, by `kubectl port-forward`.
public final class PortForward implements AutoCloseable {
    private static final Pattern FORWARDING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) .*");

    private final Process kubectl;
    private final int port;

    public PortForward(LocalKubernetes cluster, String namespace, String pod, int podPort) {
        this.kubectl = cluster.startKubectl("-n", namespace, "port-forward", "--address=127.0.0.1", pod, ":" + podPort);
        try {
            var lines = new BufferedReader(new InputStreamReader(kubectl.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            var forwarding = FORWARDING.matcher(line == null ? "it ended" : line);
            if (!forwarding.matches()) {
                close();
                throw new IllegalStateException("kubectl port-forward: " + line);
            }
            this.port = Integer.parseInt(forwarding.group(1));
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        kubectl.descendants().forEach(ProcessHandle::destroy);
        kubectl.destroy();
    }
}
