package bulwark.central.token;

import bulwark.central.access.BodyCheck;
import bulwark.central.access.Caller;
import bulwark.central.access.Request;
import bulwark.central.access.Role;
import bulwark.central.access.Secrets;
import bulwark.central.audit.AuditStore;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import bulwark.model.access.AccessScope;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// API tokens over HTTP.
public final class TokenApi {
    private static final int MOST_IN_SCOPE = 1000;
    private static final int USUAL_DAYS = 90;

    private final Database database;
    private final TokenStore tokens;
    private final AuditStore audit;
    private final InstantSource clock;

    public TokenApi(Database database, AuditStore audit, InstantSource clock) {
        this.database = database;
        this.tokens = new TokenStore(database.sql());
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(Request.API + "/tokens", "token.read", this::list),
                Route.post(Request.API + "/tokens", "token.write", this::add),
                Route.delete(Request.API + "/tokens/{id}", "token.write", this::revoke));
    }

    /// Whom an API token stands for.
    public Optional<Caller> caller(String secret) {
        return secret.startsWith(Secrets.TOKEN_PREFIX) ? tokens.find(secret, clock.instant()) : Optional.empty();
    }

    private void list(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        exchange.answer(200, tokens.list(request.scope(), request.list()));
    }

    record NewToken(
            @Nullable String name,
            @Nullable Role role,
            @Nullable NewScope scope,
            @Nullable Integer expiresInDays) {}

    record NewScope(
            @Nullable List<@Nullable String> clusterIds,
            @Nullable List<@Nullable String> namespaces) {}

    record Created(TokenStore.Token token, String secret) {}

    private void add(Exchange exchange) throws Exception {
        Request request = Request.of(exchange);
        NewToken body = request.body(NewToken.class);
        var check = new BodyCheck();
        String name = check.text("name", body.name(), 1, 100);
        Role role = check.required("role", body.role(), Role.VIEWER);
        Integer days = body.expiresInDays();
        int lasting = days == null ? USUAL_DAYS : check.number("expiresInDays", days, 1, 365);
        AccessScope scope = scope(body.scope(), check);
        check.done();
        Instant now = clock.instant();
        var token = new TokenStore.Token(
                UuidV7.next().toString(),
                name,
                role,
                scope,
                now,
                now.plus(Duration.ofDays(lasting)),
                null,
                request.caller().name());
        String secret = Secrets.nextToken();
        boolean added = database.transaction(tx -> {
            if (!tokens.add(tx, token, secret)) return false;
            audit.add(
                    tx, now, request.deed("addToken", "token " + name, "role " + role + ", for " + lasting + " days"));
            return true;
        });
        if (!added) throw Problem.conflict("there is a token of this name already");
        exchange.answer(201, new Created(token, secret));
    }

    private static AccessScope scope(@Nullable NewScope scope, BodyCheck check) {
        if (scope == null) return AccessScope.EVERYTHING;
        Set<String> clusterIds = set("scope.clusterIds", scope.clusterIds(), check);
        Set<String> namespaces = set("scope.namespaces", scope.namespaces(), check);
        for (String id : clusterIds) {
            try {
                if (!UUID.fromString(id).toString().equals(id)) check.wrong("scope.clusterIds", "expected UUIDs");
            } catch (IllegalArgumentException e) {
                check.wrong("scope.clusterIds", "expected UUIDs");
            }
        }
        for (String namespace : namespaces) check.text("scope.namespaces", namespace, 1, 253);
        return new AccessScope(clusterIds, namespaces);
    }

    private static Set<String> set(String field, @Nullable List<@Nullable String> values, BodyCheck check) {
        var set = new TreeSet<String>();
        if (values == null) {
            check.wrong(field, "is required");
            return set;
        }
        if (values.size() > MOST_IN_SCOPE) check.wrong(field, "expected at most " + MOST_IN_SCOPE);
        for (String value : values) {
            if (value == null) check.wrong(field, "null is not allowed");
            else set.add(value);
        }
        return set;
    }

    private void revoke(Exchange exchange) {
        Request request = Request.of(exchange);
        boolean revoked = database.transaction(tx -> {
            Optional<String> name = tokens.delete(tx, request.scope(), request.id());
            name.ifPresent(revokedName ->
                    audit.add(tx, clock.instant(), request.deed("revokeToken", "token " + revokedName, null)));
            return name.isPresent();
        });
        if (!revoked) throw Request.missing();
        exchange.noContent();
    }
}
