package bulwark.central.session;

import bulwark.central.access.BodyCheck;
import bulwark.central.access.Caller;
import bulwark.central.access.Gate;
import bulwark.central.access.Request;
import bulwark.central.access.Role;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import bulwark.model.access.AccessScope;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signing in and out, and who is asking.
public final class SessionApi {
    private static final int LARGEST_LOGIN = 16 << 10;

    private final LoginFlow logins;

    public SessionApi(LoginFlow logins) {
        this.logins = logins;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(Request.API + "/session", Route.PUBLIC, this::signIn).withLargestBody(LARGEST_LOGIN),
                Route.get(Request.API + "/session", "session.read", this::current),
                Route.delete(Request.API + "/session", "session.read", this::signOut));
    }

    record Login(@Nullable String username, @Nullable String password) {}

    record Session(
            String name,
            Role role,
            List<String> permissions,
            AccessScope scope,
            @Nullable String csrfToken,
            @Nullable Instant expiresAt) {
        static Session of(Caller caller) {
            return new Session(
                    caller.name(),
                    caller.role(),
                    caller.permissions(),
                    caller.scope(),
                    caller.csrfToken(),
                    caller.expiresAt());
        }
    }

    private void signIn(Exchange exchange) throws IOException, InterruptedException {
        Login login = exchange.json(Login.class);
        var check = new BodyCheck();
        String userName = check.text("username", login.username(), 1, 200);
        String password = check.required("password", login.password(), "");
        if (password.length() > 1000) check.wrong("password", "expected at most 1000 characters");
        check.done();
        switch (logins.signIn(userName, password, exchange.remoteAddress())) {
            case LoginFlow.Outcome.SignedIn in -> {
                exchange.answerHeader("Set-Cookie", cookie(exchange, in.secret(), ""));
                exchange.answer(201, Session.of(in.caller()));
            }
            case LoginFlow.Outcome.Refused _ -> throw Problem.unauthorized("the name or the password is wrong");
            case LoginFlow.Outcome.Throttled throttled ->
                throw Problem.tooManyRequests(
                        "too many sign-ins failed, wait some minutes",
                        throttled.retryAfter().toSeconds());
        }
    }

    private void current(Exchange exchange) throws IOException {
        exchange.answer(200, Session.of(Request.of(exchange).caller()));
    }

    private void signOut(Exchange exchange) {
        Request request = Request.of(exchange);
        exchange.cookie(Gate.COOKIE)
                .ifPresent(secret -> logins.signOut(request.caller(), secret, exchange.remoteAddress()));
        exchange.answerHeader("Set-Cookie", cookie(exchange, "", "; Max-Age=0"));
        exchange.noContent();
    }

    private static String cookie(Exchange exchange, String secret, String age) {
        return Gate.COOKIE + "=" + secret + "; Path=/; HttpOnly; SameSite=Strict" + age
                + (exchange.isSecure() ? "; Secure" : "");
    }
}
