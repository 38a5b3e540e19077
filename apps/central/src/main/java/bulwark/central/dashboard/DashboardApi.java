package bulwark.central.dashboard;

import bulwark.central.access.Request;
import bulwark.central.view.WorkloadRow;
import bulwark.http.Exchange;
import bulwark.http.Route;
import bulwark.model.access.AccessScope;
import bulwark.store.database.Database;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/// The dashboard over HTTP.
public final class DashboardApi {
    private final DashboardStore figures;
    private final Function<AccessScope, List<WorkloadRow>> worst;
    private final Function<AccessScope, ? extends List<? extends Record>> clusters;
    private final InstantSource clock;

    /// With the ways to the worst workloads and to the clusters, which are other features'.
    public DashboardApi(
            Database database,
            Function<AccessScope, List<WorkloadRow>> worst,
            Function<AccessScope, ? extends List<? extends Record>> clusters,
            InstantSource clock) {
        this.figures = new DashboardStore(database.sql());
        this.worst = worst;
        this.clusters = clusters;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get(Request.API + "/dashboard", "alert.read", this::dashboard));
    }

    private void dashboard(Exchange exchange) throws IOException {
        AccessScope scope = Request.of(exchange).scope();
        var open = figures.open(scope);
        exchange.answer(
                200,
                new Dashboard(
                        open.users(),
                        open.platform(),
                        figures.timeline(scope, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
                        worst.apply(scope),
                        figures.topPolicies(scope),
                        clusters.apply(scope),
                        figures.undecided(scope)));
    }
}
