package bulwark.sensor.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// `/healthz` (the process works), `/readyz` (Central has the whole inventory) and `/metrics`, over plain HTTP for the
/// kubelet and a scraper. Nothing about the cluster's objects is told, only counts and what is missing.
public final class HealthServer implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();

    /// What is answered: the lines of the report, whether Sensor is ready, and the metrics in Prometheus' format.
    public record Answers(Supplier<String> report, Supplier<Boolean> ready, Supplier<String> metrics) {}

    /// Listens at once.
    public HealthServer(InetSocketAddress address, Answers answers) throws IOException {
        this.server = HttpServer.create(address, BACKLOG);
        server.setExecutor(tasks);
        server.createContext(
                "/healthz", exchange -> answer(exchange, 200, answers.report().get()));
        server.createContext(
                "/readyz",
                exchange -> answer(
                        exchange,
                        answers.ready().get() ? 200 : 503,
                        answers.report().get()));
        server.createContext(
                "/metrics", exchange -> answer(exchange, 200, answers.metrics().get()));
        server.start();
    }

    /// Where it listens.
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            boolean known = exchange.getHttpContext()
                    .getPath()
                    .equals(exchange.getRequestURI().getPath());
            boolean reads = exchange.getRequestMethod().equals("GET");
            if (!known || !reads) {
                exchange.sendResponseHeaders(known ? 405 : 404, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        tasks.shutdownNow();
    }
}
