package bulwark.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer that says what went wrong (RFC 9457). Thrown by handlers; what it says is shown to the caller as it is.
public final class Problem extends RuntimeException {
    /// What is wrong with one field of a body.
    public record FieldError(String field, String message) {}

    private final int status;
    private final String title;
    private final List<FieldError> errors;
    private final Map<String, String> headers;
    private final @Nullable String instance;

    private Problem(
            int status,
            String title,
            String detail,
            List<FieldError> errors,
            Map<String, String> headers,
            @Nullable String instance) {
        super(detail, null, false, false); // an answer, not a fault: no stack trace is taken
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
        this.instance = instance;
    }

    /// For a status without a method of its own here.
    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of(), Map.of(), null);
    }

    /// 400: the request is wrong as a whole; for fields of a body see [#invalid(List)].
    public static Problem badRequest(String detail) {
        return of(400, "Bad request", detail);
    }

    /// A body whose fields are wrong, each named.
    public static Problem invalid(List<FieldError> errors) {
        String first = errors.isEmpty()
                ? "the body is not valid"
                : errors.getFirst().field() + ": " + errors.getFirst().message();
        return new Problem(400, "Bad request", first, errors, Map.of(), null);
    }

    /// 401: nobody known makes this request.
    public static Problem unauthorized(String detail) {
        return of(401, "Not signed in", detail);
    }

    /// 403: the caller is known and may not.
    public static Problem forbidden(String detail) {
        return of(403, "Not allowed", detail);
    }

    /// 404: there is no such thing, or none that the caller may see.
    public static Problem notFound(String detail) {
        return of(404, "Not found", detail);
    }

    /// 409: what is there already stands against it.
    public static Problem conflict(String detail) {
        return of(409, "Conflict", detail);
    }

    /// 413: the body passes the limit of its route.
    public static Problem tooLarge(long largest) {
        return of(413, "Body too large", "expected a body of at most " + largest + " bytes");
    }

    /// 429: come again after so many seconds.
    public static Problem tooManyRequests(String detail, long retryAfterSeconds) {
        return of(429, "Too many requests", detail).withHeader("Retry-After", Long.toString(retryAfterSeconds));
    }

    /// 503: something that this process needs is away for now.
    public static Problem unavailable(String detail) {
        return of(503, "Not available now", detail).withHeader("Retry-After", "5");
    }

    static Problem internal(String id) {
        return new Problem(
                500,
                "Internal error",
                "something went wrong here; the log tells more under " + id,
                List.of(),
                Map.of(),
                "urn:bulwark:failure:" + id);
    }

    /// The same with a header of the answer.
    public Problem withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(status, title, detail(), errors, all, instance);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What is wrong, in the words that the caller is shown.
    public String detail() {
        return String.valueOf(getMessage());
    }

    /// What is wrong with single fields; empty where it is not about fields.
    public List<FieldError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("type", "about:blank");
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail());
        if (instance != null) document.put("instance", instance);
        if (!errors.isEmpty()) document.put("errors", errors);
        return document;
    }
}
