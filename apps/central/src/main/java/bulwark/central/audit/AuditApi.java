package bulwark.central.audit;

import bulwark.central.access.Request;
import bulwark.http.Exchange;
import bulwark.http.Route;
import java.util.List;

/// The audit log over HTTP.
public final class AuditApi {
    private final AuditStore store;

    public AuditApi(AuditStore store) {
        this.store = store;
    }

    public List<Route> routes() {
        return List.of(Route.get(Request.API + "/audit", "audit.read", this::list));
    }

    private void list(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, store.list(request.scope(), request.list()));
    }
}
