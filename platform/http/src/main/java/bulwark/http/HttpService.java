package bulwark.http;

import bulwark.base.Metrics;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server serves: its routes, who may use them, its pages, and how failures of the application are told.
///
/// `failures` turns an exception of the application's own into a problem, or gives null for what is a fault of ours.
public record HttpService(
        List<Route> routes,
        Authorizer authorizer,
        @Nullable StaticFiles pages,
        Failures failures,
        ObjectMapper mapper,
        Metrics metrics) {
    /// How the application's own failures are told.
    public interface Failures {
        @Nullable
        Problem problem(Exception failure);
    }

    public HttpService {
        routes = List.copyOf(routes);
    }

    long largestBody() {
        return routes.stream().mapToLong(Route::largestBody).max().orElse(0);
    }
}
