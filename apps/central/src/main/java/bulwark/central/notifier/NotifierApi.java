package bulwark.central.notifier;

import bulwark.base.secret.SecretBox;
import bulwark.central.access.Request;
import bulwark.central.audit.AuditStore;
import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.central.notifier.plugin.Delivery;
import bulwark.central.notifier.plugin.Message;
import bulwark.central.notifier.plugin.Notifier;
import bulwark.central.notifier.plugin.NotifierType;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.store.outbox.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/// Notifiers over HTTP.
public final class NotifierApi {
    private final Database database;
    private final NotifierStore notifiers;
    private final AuditStore audit;
    private final ChangeFeed feed;
    private final InstantSource clock;

    public NotifierApi(Database database, SecretBox box, AuditStore audit, ChangeFeed feed, InstantSource clock) {
        this.database = database;
        this.notifiers = new NotifierStore(database.sql(), box);
        this.audit = audit;
        this.feed = feed;
        this.clock = clock;
    }

    public List<Route> routes() {
        String one = Request.API + "/notifiers/{id}";
        return List.of(
                Route.get(Request.API + "/notifier-types", "notifier.read", this::types),
                Route.get(Request.API + "/notifiers", "notifier.read", this::list),
                Route.post(Request.API + "/notifiers", "notifier.write", this::add),
                Route.get(one, "notifier.read", this::find),
                Route.put(one, "notifier.write", this::change),
                Route.delete(one, "notifier.write", this::remove),
                Route.post(one + "/test", "notifier.write", this::test));
    }

    /// The flow that takes the outbox's messages to these notifiers.
    public DeliveryFlow deliveries(Outbox outbox) {
        return new DeliveryFlow(notifiers, outbox, feed, clock);
    }

    record Types(List<NotifierType> items) {}

    private void types(Exchange exchange) throws IOException {
        exchange.answer(
                200, new Types(Notifiers.ALL.stream().map(Notifier::type).toList()));
    }

    private void list(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, notifiers.list(request.scope(), request.list()));
    }

    private void find(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        exchange.answer(200, notifiers.find(request.scope(), request.id()).orElseThrow(Request::missing));
    }

    private void add(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        NotifierForm.Checked form = request.body(NotifierForm.class).check(Map.of());
        UUID id = UuidV7.next();
        exchange.answer(201, database.transaction(tx -> write(tx, request, "addNotifier", id, form)));
        feed.post(Change.of(Change.Kind.NOTIFIER));
    }

    private void change(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        var before = notifiers.configured(request.scope(), request.id()).orElseThrow(Request::missing);
        NotifierForm.Checked form = request.body(NotifierForm.class).check(before.settings());
        if (!form.wanted().type().equals(before.type())) {
            throw Problem.invalid(List.of(new Problem.FieldError("type", "cannot be changed from " + before.type())));
        }
        exchange.answer(200, database.transaction(tx -> write(tx, request, "changeNotifier", request.id(), form)));
        feed.post(Change.of(Change.Kind.NOTIFIER));
    }

    private NotifierView write(DSLContext tx, Request request, String action, UUID id, NotifierForm.Checked form) {
        String name = form.wanted().name();
        if (notifiers.isNameTaken(tx, name, id)) throw Problem.conflict("there is a notifier of this name already");
        Instant now = clock.instant();
        notifiers.write(tx, id, form.wanted(), form.secrets(), now);
        audit.add(
                tx, now, request.deed(action, "notifier " + name, form.wanted().type()));
        return notifiers.find(tx, request.scope(), id).orElseThrow(Request::missing);
    }

    private void remove(Exchange exchange) {
        Request request = Request.of(exchange);
        boolean removed = database.transaction(tx -> {
            var name = notifiers.delete(tx, request.scope(), request.id());
            name.ifPresent(
                    gone -> audit.add(tx, clock.instant(), request.deed("removeNotifier", "notifier " + gone, null)));
            return name.isPresent();
        });
        if (!removed) throw Request.missing();
        feed.post(Change.of(Change.Kind.NOTIFIER));
        exchange.noContent();
    }

    record TestOutcome(boolean delivered, String message) {}

    private void test(Exchange exchange) throws IOException, InterruptedException {
        Request request = Request.of(exchange);
        var configured = notifiers.configured(request.scope(), request.id()).orElseThrow(Request::missing);
        Notifier notifier = Notifiers.of(configured.type())
                .orElseThrow(() -> Problem.conflict("this version has no notifier " + configured.type()));
        Instant now = clock.instant();
        var message = new Message(UuidV7.next().toString(), now, Message.Event.TEST, SampleAlert.at(now));
        exchange.answer(
                200,
                switch (notifier.deliver(message, configured.settings())) {
                    case Delivery.Delivered delivered -> new TestOutcome(true, delivered.answer());
                    case Delivery.Failed failed -> new TestOutcome(false, failed.reason());
                });
    }
}
