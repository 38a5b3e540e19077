package bulwark.central.access;

import bulwark.http.Authorizer;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import java.util.Optional;
import java.util.function.Function;

/// Lets a request through to its route if its caller is known and has the route's permission.
///
/// A bearer token is looked at before a cookie. Cookies are sent by browsers whoever asks, so that with one every
/// change must also carry the session's CSRF token, which other sites cannot read.
public final class Gate implements Authorizer {
    public static final String COOKIE = "bulwark_session";
    private static final String CSRF_HEADER = "X-Bulwark-CSRF";
    private static final String BEARER = "bearer ";
    private static final int LONGEST_SECRET = 200;

    private final Function<String, Optional<Caller>> sessions;
    private final Function<String, Optional<Caller>> tokens;

    /// With the callers of session cookies and of API tokens.
    public Gate(Function<String, Optional<Caller>> sessions, Function<String, Optional<Caller>> tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public void authorize(Route route, Exchange exchange) {
        if (route.permission().equals(Route.PUBLIC)) return;
        Permission permission = Permission.of(route.permission());
        // figures about the process itself are open to this machine, where the listener without TLS is
        if (permission == Permission.METRIC_READ && !exchange.isSecure()) return;
        Caller caller = caller(exchange);
        if (!caller.may(permission)) {
            throw Problem.forbidden("this needs the permission " + permission.text()
                    + (permission.withinScope() ? "" : " for all clusters and namespaces"));
        }
        exchange.caller(caller);
    }

    private Caller caller(Exchange exchange) {
        Optional<String> authorization = exchange.header("Authorization");
        if (authorization.isPresent()) return byToken(authorization.get());
        Caller caller = exchange.cookie(COOKIE)
                .filter(Gate::canBeSecret)
                .flatMap(sessions)
                .orElseThrow(() -> unknown("sign in, or send an API token"));
        if (changes(exchange)) checkCsrf(exchange, caller);
        return caller;
    }

    private Caller byToken(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unknown("expected the header Authorization: Bearer <API token>");
        }
        return Optional.of(authorization.substring(BEARER.length()).strip())
                .filter(Gate::canBeSecret)
                .flatMap(tokens)
                .orElseThrow(() -> unknown("this API token is not known, or has expired"));
    }

    private static boolean changes(Exchange exchange) {
        return !exchange.method().equals("GET") && !exchange.method().equals("HEAD");
    }

    private static void checkCsrf(Exchange exchange, Caller caller) {
        String expected = caller.csrfToken();
        String given = exchange.header(CSRF_HEADER).orElse("");
        if (expected == null || !Secrets.same(expected, given)) {
            throw Problem.forbidden("a change with a session cookie needs the session's token in " + CSRF_HEADER);
        }
    }

    private static boolean canBeSecret(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_SECRET;
    }

    private static Problem unknown(String detail) {
        return Problem.unauthorized(detail).withHeader("WWW-Authenticate", "Bearer");
    }
}
