package bulwark.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.util.List;

/// What every answer tells a browser not to do.
final class SecurityHeaders {
    // components set style attributes, which a style-src without unsafe-inline forbids; scripts come from us alone
    private static final List<Header> ALL = List.of(
            HeaderValues.createCached(
                    "Content-Security-Policy",
                    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                            + " font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self';"
                            + " form-action 'self'; frame-ancestors 'none'"),
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("X-Frame-Options", "DENY"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"));

    private SecurityHeaders() {}

    static void addTo(ServerResponseHeaders headers) {
        ALL.forEach(headers::set);
    }
}
