package bulwark.central.workload;

import bulwark.central.access.Request;
import bulwark.central.view.AlertRow;
import bulwark.http.Exchange;
import bulwark.http.Route;
import bulwark.model.access.AccessScope;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/// Workloads over HTTP.
public final class WorkloadApi {
    private final WorkloadStore workloads;
    private final BiFunction<AccessScope, UUID, List<AlertRow>> alertsOf;

    /// With the way to a workload's alerts, which are another feature's.
    public WorkloadApi(WorkloadStore workloads, BiFunction<AccessScope, UUID, List<AlertRow>> alertsOf) {
        this.workloads = workloads;
        this.alertsOf = alertsOf;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(Request.API + "/workloads", "inventory.read", this::list),
                Route.get(Request.API + "/workloads/{id}", "inventory.read", this::find));
    }

    private void list(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, workloads.list(request.scope(), request.list()));
    }

    private void find(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        UUID id = request.id();
        exchange.answer(
                200,
                workloads
                        .find(request.scope(), id, alertsOf.apply(request.scope(), id))
                        .orElseThrow(Request::missing));
    }
}
