package bulwark.central.alert;

import bulwark.central.access.BodyCheck;
import bulwark.central.access.Request;
import bulwark.central.view.AlertRow;
import bulwark.central.view.StoredDocuments;
import bulwark.http.Exchange;
import bulwark.http.Route;
import bulwark.model.access.AccessScope;
import bulwark.store.database.Database;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Alerts over HTTP.
public final class AlertApi {
    private final AlertStore alerts;
    private final AlertFlow flow;

    public AlertApi(Database database, AlertFlow flow) {
        this.alerts = new AlertStore(database.sql(), new StoredDocuments());
        this.flow = flow;
    }

    public List<Route> routes() {
        String one = Request.API + "/alerts/{id}";
        return List.of(
                Route.get(Request.API + "/alerts", "alert.read", this::list),
                Route.get(Request.API + "/alerts/count", "alert.read", this::count),
                Route.get(one, "alert.read", this::find),
                Route.post(one + "/comments", "alert.write", this::comment),
                Route.post(one + "/snooze", "alert.write", this::snooze),
                Route.post(one + "/resolve", "alert.write", this::resolve));
    }

    /// The alerts of a workload that are not resolved.
    public List<AlertRow> ofWorkload(AccessScope scope, UUID workloadId) {
        return alerts.ofWorkload(scope, workloadId);
    }

    private void list(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, alerts.list(request.scope(), request.list()));
    }

    private void count(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, alerts.count(request.scope(), request.filter()));
    }

    private void find(Exchange exchange) throws IOException {
        answer(Request.of(exchange), 200);
    }

    record NewComment(@Nullable String text) {}

    private void comment(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        var check = new BodyCheck();
        String text = check.text("text", request.body(NewComment.class).text(), 1, 4000);
        check.done();
        flow.comment(request, request.id(), text);
        answer(request, 201);
    }

    record Snooze(@Nullable Instant until, @Nullable String reason) {}

    private void snooze(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        Snooze body = request.body(Snooze.class);
        var check = new BodyCheck();
        Instant until = check.required("until", body.until(), Instant.EPOCH);
        if (until.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) check.wrong("until", "is too far away");
        String reason = check.text("reason", body.reason(), 0, 1000);
        check.done();
        flow.snooze(request, request.id(), until, reason);
        answer(request, 200);
    }

    record Resolve(@Nullable String reason) {}

    private void resolve(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        var check = new BodyCheck();
        String reason = check.text("reason", request.body(Resolve.class).reason(), 1, 1000);
        check.done();
        flow.resolve(request, request.id(), reason);
        answer(request, 200);
    }

    private void answer(Request request, int status) throws IOException {
        request.exchange()
                .answer(status, alerts.find(request.scope(), request.id()).orElseThrow(Request::missing));
    }
}
