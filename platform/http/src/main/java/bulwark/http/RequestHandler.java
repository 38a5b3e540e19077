package bulwark.http;

import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request from its route to its answer, and the only place where failures become answers.
final class RequestHandler {
    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpService service;
    private final Listener listener;
    private final BooleanSupplier stopping;
    private final Router router;

    RequestHandler(HttpService service, Listener listener, BooleanSupplier stopping) {
        this.service = service;
        this.listener = listener;
        this.stopping = stopping;
        this.router = new Router(service.routes());
    }

    void handle(ServerRequest request, ServerResponse response) {
        long began = System.nanoTime();
        SecurityHeaders.addTo(response.headers());
        Router.Match match = router.match(
                request.prologue().method().text(), segments(request.path().path()));
        Route route = match instanceof Router.Match.Found found ? found.route() : null;
        Map<String, String> parameters = match instanceof Router.Match.Found found ? found.parameters() : Map.of();
        var exchange = new Exchange(
                request, response, parameters, route == null ? 0 : route.largestBody(), service.mapper(), stopping);
        try {
            serve(match, exchange);
            if (!exchange.isAnswered()) throw new IllegalStateException("the handler gave no answer");
        } catch (Exception e) {
            fail(exchange, e);
        }
        service.metrics()
                .timer(
                        "bulwark.http.request",
                        "route",
                        route == null ? "none" : route.toString(),
                        "status",
                        Integer.toString(response.status().code() / 100) + "xx")
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private static List<String> segments(String path) {
        return Arrays.asList((path.startsWith("/") ? path.substring(1) : path).split("/", 64));
    }

    private void serve(Router.Match match, Exchange exchange) throws Exception {
        checkHost(exchange);
        switch (match) {
            case Router.Match.Found found -> {
                service.authorizer().authorize(found.route(), exchange);
                found.route().handler().handle(exchange);
            }
            case Router.Match.OtherMethod other ->
                throw Problem.of(405, "Method not allowed", "expected " + String.join(" or ", other.allowed()))
                        .withHeader("Allow", String.join(", ", other.allowed()));
            case Router.Match.None _ -> {
                StaticFiles pages = service.pages();
                boolean read =
                        exchange.method().equals("GET") || exchange.method().equals("HEAD");
                boolean api = exchange.path().startsWith("/api/");
                if (pages == null || !read || api || !pages.answer(exchange)) {
                    throw Problem.notFound("there is nothing at this path");
                }
            }
        }
    }

    private void checkHost(Exchange exchange) {
        if (!(listener instanceof Listener.Loopback)) return;
        String host = exchange.header("Host").orElse("").replaceFirst(":\\d+$", "");
        if (!OWN_NAMES.contains(host)) {
            throw Problem.of(421, "Misdirected request", "expected the host localhost or 127.0.0.1");
        }
    }

    private void fail(Exchange exchange, Exception failure) {
        if (isClientGone(failure)) {
            log.atDebug().addKeyValue("path", exchange.path()).log("the client is gone");
            return;
        }
        if (failure instanceof InterruptedException) Thread.currentThread().interrupt();
        if (exchange.isAnswered()) {
            log.atWarn()
                    .addKeyValue("path", exchange.path())
                    .setCause(failure)
                    .log("a request failed after its answer had begun");
            throw new UncheckedIOException(new IOException("the answer was cut short", failure));
        }
        Problem problem = problem(exchange, failure);
        try {
            problem.headers().forEach(exchange::header);
            exchange.discardBody();
            if (problem.status() == 413) exchange.header("Connection", "close");
            exchange.answer(
                    problem.status(),
                    "application/problem+json",
                    service.mapper().writeValueAsBytes(problem.document()));
        } catch (IOException | UncheckedIOException e) {
            log.atDebug().addKeyValue("path", exchange.path()).log("the client is gone");
        }
    }

    private Problem problem(Exchange exchange, Exception failure) {
        if (failure instanceof Problem problem) return problem;
        if (failure instanceof RequestException refused) {
            int status = refused.status().code();
            if (status < 500) return Problem.of(status, refused.status().reasonPhrase(), "the request cannot be read");
        }
        @Nullable Problem known = service.failures().problem(failure);
        if (known != null) return known;
        String id = UUID.randomUUID().toString();
        log.atError()
                .addKeyValue("id", id)
                .addKeyValue("method", exchange.method())
                .addKeyValue("path", exchange.path())
                .setCause(failure)
                .log("a request failed");
        return Problem.internal(id);
    }

    private static boolean isClientGone(Exception failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            // a connection that could not be made is one of ours, to a database, say
            if (each instanceof SocketException && !(each instanceof ConnectException)) return true;
            if (each instanceof CloseConnectionException) return true;
        }
        return false;
    }
}
