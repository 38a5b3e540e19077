package bulwark.central.access;

import bulwark.central.filter.Filter;
import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterLimits;
import bulwark.central.filter.ListQuery;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.model.access.AccessScope;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request whose caller is known, with what all routes read of it.
public record Request(Exchange exchange, Caller caller) {
    /// Where the API's paths begin.
    public static final String API = "/api/v1";

    public static Request of(Exchange exchange) {
        return new Request(exchange, exchange.caller(Caller.class));
    }

    public AccessScope scope() {
        return caller.scope();
    }

    /// The id in the path; what is no id names nothing.
    public UUID id() {
        try {
            return UUID.fromString(exchange.parameter("id"));
        } catch (IllegalArgumentException e) {
            throw missing();
        }
    }

    /// Says that there is nothing of this id, or nothing that the caller may see: which of both is not told.
    public static Problem missing() {
        return Problem.notFound("there is nothing with this id");
    }

    public ListQuery list() throws FilterException {
        return ListQuery.parse(
                exchange.query("filter").orElse(null),
                exchange.query("sort").orElse(null),
                exchange.query("cursor").orElse(null),
                exchange.query("limit").orElse(null));
    }

    public Filter filter() throws FilterException {
        return Filter.parse(exchange.query("filter").orElse(""), FilterLimits.DEFAULT);
    }

    public <T> T body(Class<T> type) throws IOException {
        return exchange.json(type);
    }

    public Deed deed(String action, String object, @Nullable String detail) {
        return new Deed(caller.name(), action, object, detail, exchange.remoteAddress());
    }
}
