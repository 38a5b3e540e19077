package bulwark.central.health;

import bulwark.base.Metrics;
import bulwark.central.access.Request;
import bulwark.http.Exchange;
import bulwark.http.Route;
import bulwark.store.database.Database;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;

/// Whether Central works, its figures for Prometheus, and its version.
public final class HealthApi {
    private final HealthStore health;
    private final DiskSpace disk;
    private final PrometheusMeterRegistry registry;
    private final String version;

    public HealthApi(Database database, DiskSpace disk, PrometheusMeterRegistry registry, String version) {
        this.health = new HealthStore(database.sql());
        this.disk = disk;
        this.registry = registry;
        this.version = version;
        var metrics = new Metrics(registry);
        metrics.gauge("bulwark.database.answers", () -> health.fault().isEmpty() ? 1 : 0);
        metrics.gauge("bulwark.disk.free.bytes", this::freeBytes);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/healthz", Route.PUBLIC, this::health),
                Route.get("/metrics", "metric.read", this::metrics),
                Route.get(Request.API + "/version", "session.read", this::version));
    }

    private void health(Exchange exchange) throws IOException {
        var full = disk.fault();
        var fault = full.isPresent() ? full : health.fault();
        if (fault.isEmpty()) exchange.text(200, "text/plain; charset=utf-8", "ok\n");
        else exchange.text(503, "text/plain; charset=utf-8", fault.get() + "\n");
    }

    private double freeBytes() {
        try {
            return disk.freeBytes();
        } catch (IOException _) {
            return Double.NaN; // the figure of a folder that is gone
        }
    }

    private void metrics(Exchange exchange) throws IOException {
        exchange.text(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
    }

    record Version(String version, String database) {}

    private void version(Exchange exchange) throws IOException {
        exchange.answer(200, new Version(version, health.version()));
    }
}
