package bulwark.http;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// One way into a process: method, path template (`/api/v1/alerts/{id}`), the permission that a caller needs, and what
/// is done. Tests walk all routes of a server by this record.
///
/// The permission is a word of the application, checked by its [Authorizer]; [#PUBLIC] is for what anybody may ask.
public record Route(String method, String path, String permission, long largestBody, Handler handler) {
    /// Answers a request; a [Problem] that is thrown becomes the answer.
    public interface Handler {
        void handle(Exchange exchange) throws Exception;
    }

    public static final String PUBLIC = "none";
    static final long USUAL_BODY = 1L << 20;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    public Route {
        if (!METHODS.contains(method)) throw new IllegalArgumentException("not a method for a route: " + method);
        if (!path.startsWith("/")) throw new IllegalArgumentException("a path begins with a slash: " + path);
        if (permission.isBlank()) throw new IllegalArgumentException("a route names its permission: " + path);
    }

    /// Reads; it takes no body.
    public static Route get(String path, String permission, Handler handler) {
        return new Route("GET", path, permission, 0, handler);
    }

    /// Adds something, or has something done.
    public static Route post(String path, String permission, Handler handler) {
        return new Route("POST", path, permission, USUAL_BODY, handler);
    }

    /// Replaces something whole.
    public static Route put(String path, String permission, Handler handler) {
        return new Route("PUT", path, permission, USUAL_BODY, handler);
    }

    /// Changes what the body names.
    public static Route patch(String path, String permission, Handler handler) {
        return new Route("PATCH", path, permission, USUAL_BODY, handler);
    }

    /// Removes something.
    public static Route delete(String path, String permission, Handler handler) {
        return new Route("DELETE", path, permission, USUAL_BODY, handler);
    }

    /// The same route for bodies up to another size.
    public Route withLargestBody(long bytes) {
        return new Route(method, path, permission, bytes, handler);
    }

    List<String> segments() {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
