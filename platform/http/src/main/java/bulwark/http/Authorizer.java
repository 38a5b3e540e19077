package bulwark.http;

/// Decides, once for each request that meets a route, whether its caller may use it. It throws the [Problem] that says
/// no, and leaves on the exchange who the caller is ([Exchange#caller]).
public interface Authorizer {
    void authorize(Route route, Exchange exchange) throws Exception;
}
