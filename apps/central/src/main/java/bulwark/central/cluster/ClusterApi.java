package bulwark.central.cluster;

import bulwark.central.access.BodyCheck;
import bulwark.central.access.Request;
import bulwark.central.audit.AuditStore;
import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import bulwark.store.database.Database;
import bulwark.store.database.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Clusters over HTTP: the list, registering and removing, and the door through which Sensors come in.
public final class ClusterApi {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9 ._-]*");
    private static final int USUAL_MINUTES = 60;
    private static final int MOST_MINUTES = 7 * 24 * 60;
    private static final long LARGEST_JOIN = 64 << 10;

    private final Parts parts;
    private final ClusterStore clusters;

    /// What the routes work with; `grpcPort` is told to Sensors that join.
    public record Parts(
            Database database,
            AuditStore audit,
            Registrations registrations,
            ClusterRemoval removal,
            ChangeFeed changes,
            int grpcPort,
            InstantSource clock) {}

    public ClusterApi(Parts parts) {
        this.parts = parts;
        this.clusters = new ClusterStore(parts.database().sql(), parts.clock());
    }

    public List<Route> routes() {
        return List.of(
                Route.get(Request.API + "/clusters", "cluster.read", this::list),
                Route.post(Request.API + "/clusters", "cluster.write", this::register),
                Route.get(Request.API + "/clusters/{id}", "cluster.read", this::get),
                Route.delete(Request.API + "/clusters/{id}", "cluster.write", this::remove),
                Route.post(Request.API + "/join", Route.PUBLIC, this::join).withLargestBody(LARGEST_JOIN));
    }

    private void list(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, clusters.list(request.scope(), request.list()));
    }

    private void get(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        exchange.answer(200, clusters.get(request.scope(), request.id()).orElseThrow(Request::missing));
    }

    record NewRegistration(@Nullable String name, @Nullable Integer validMinutes) {}

    record Registration(String clusterId, String name, String secret, Instant expiresAt) {}

    private void register(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        NewRegistration body = request.body(NewRegistration.class);
        var check = new BodyCheck();
        String name = check.text("name", body.name(), 1, 100);
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            check.wrong("name", "expected letters, digits, blanks and . _ -, a letter or digit first");
        }
        Integer minutes = body.validMinutes();
        int valid = check.number("validMinutes", minutes == null ? USUAL_MINUTES : minutes, 1, MOST_MINUTES);
        check.done();
        Registrations.Registered made = register(request, name, Duration.ofMinutes(valid))
                .orElseThrow(() -> Problem.conflict(
                        "there is a cluster of this name already; choose another, or remove that one first"));
        parts.changes().post(Change.of(Change.Kind.CLUSTER, made.clusterId().toString()));
        exchange.answer(201, new Registration(made.clusterId().toString(), made.name(), made.line(), made.expiresAt()));
    }

    private Optional<Registrations.Registered> register(Request request, String name, Duration valid) {
        try {
            return parts.database().transaction(transaction -> {
                var made = parts.registrations().register(transaction, name, valid);
                if (made.isPresent()) {
                    parts.audit()
                            .add(
                                    transaction,
                                    parts.clock().instant(),
                                    request.deed("registerCluster", "cluster " + name, null));
                }
                return made;
            });
        } catch (StoreException e) {
            if (e.isDuplicate()) return Optional.empty(); // another took the name between look and write
            throw e;
        }
    }

    private void remove(Exchange exchange) {
        Request request = Request.of(exchange);
        String name = clusters.get(request.scope(), request.id())
                .orElseThrow(Request::missing)
                .name();
        boolean removed = parts.database().transaction(transaction -> {
            boolean marked = parts.removal().mark(transaction, request.id());
            if (marked) {
                parts.audit()
                        .add(
                                transaction,
                                parts.clock().instant(),
                                request.deed("removeCluster", "cluster " + name, null));
            }
            return marked;
        });
        if (!removed) throw Request.missing();
        parts.removal().cutOff(request.id());
        parts.changes().post(Change.of(Change.Kind.CLUSTER, request.id().toString()));
        exchange.noContent();
    }

    record Join(
            @Nullable String secret,
            @Nullable String csr,
            @Nullable String sensorVersion) {}

    record Joined(String clusterId, String certificate, String authorities, int grpcPort) {}

    private void join(Exchange exchange) throws IOException {
        Join body = exchange.json(Join.class);
        var check = new BodyCheck();
        String secret = check.text("secret", body.secret(), 1, 2000);
        String request = check.text("csr", body.csr(), 1, 20_000);
        check.text("sensorVersion", body.sensorVersion(), 0, 100);
        check.done();
        switch (parts.registrations().join(secret, request)) {
            case JoinResult.Joined joined -> {
                parts.changes()
                        .post(Change.of(Change.Kind.CLUSTER, joined.clusterId().toString()));
                exchange.answer(
                        201,
                        new Joined(
                                joined.clusterId().toString(),
                                joined.certificate(),
                                joined.authorities(),
                                parts.grpcPort()));
            }
            case JoinResult.Refused _ ->
                throw Problem.forbidden(
                        "this registration secret is not known, was used before or has expired; register the cluster anew");
            case JoinResult.Malformed malformed ->
                throw Problem.invalid(List.of(new Problem.FieldError("csr", malformed.problem())));
        }
    }
}
