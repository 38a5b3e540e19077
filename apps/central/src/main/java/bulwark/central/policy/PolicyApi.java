package bulwark.central.policy;

import bulwark.central.access.BodyCheck;
import bulwark.central.access.Request;
import bulwark.central.view.StoredDocuments;
import bulwark.http.Exchange;
import bulwark.http.Route;
import bulwark.store.database.Database;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Policies over HTTP.
public final class PolicyApi {
    private final PolicyStore policies;
    private final PolicyFlow flow;

    public PolicyApi(Database database, PolicyFlow flow) {
        this.policies = new PolicyStore(database.sql(), new StoredDocuments());
        this.flow = flow;
    }

    public List<Route> routes() {
        String one = Request.API + "/policies/{id}";
        return List.of(
                Route.get(Request.API + "/policies", "policy.read", this::list),
                Route.get(one, "policy.read", this::find),
                Route.patch(one, "policy.write", this::change));
    }

    private void list(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, policies.list(request.scope(), request.list()));
    }

    private void find(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        exchange.answer(200, policies.find(request.scope(), request.id()).orElseThrow(Request::missing));
    }

    record PolicyChange(@Nullable Boolean disabled) {}

    private void change(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        var check = new BodyCheck();
        boolean disabled =
                check.required("disabled", request.body(PolicyChange.class).disabled(), false);
        check.done();
        exchange.answer(200, flow.switchTo(request, request.id(), disabled));
    }
}
