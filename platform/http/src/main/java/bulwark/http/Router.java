package bulwark.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Finds the route of a request. A literal segment goes before a parameter; no two routes may be the same to a caller.
final class Router {
    /// What a request meets.
    sealed interface Match {
        record Found(Route route, Map<String, String> parameters) implements Match {}

        record OtherMethod(List<String> allowed) implements Match {}

        record None() implements Match {}
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final List<Node> parameter = new ArrayList<>(1);
        private final Map<String, Route> routes = new HashMap<>();
    }

    private final Node root = new Node();

    Router(List<Route> routes) {
        routes.forEach(this::add);
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : route.segments()) {
            if (isParameter(segment)) {
                if (node.parameter.isEmpty()) node.parameter.add(new Node());
                node = node.parameter.getFirst();
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        Route other = node.routes.putIfAbsent(route.method(), route);
        if (other != null) throw new IllegalArgumentException("two routes for one request: " + route + ", " + other);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    Match match(String method, List<String> segments) {
        var ends = new ArrayList<Node>();
        collect(root, segments, 0, ends);
        var allowed = new TreeSet<String>();
        for (Node end : ends) {
            Route route = end.routes.get(method);
            if (route == null && method.equals("HEAD")) route = end.routes.get("GET");
            if (route != null) return new Match.Found(route, parameters(route, segments));
            allowed.addAll(end.routes.keySet());
        }
        return allowed.isEmpty() ? new Match.None() : new Match.OtherMethod(List.copyOf(allowed));
    }

    // as deep as the deepest template, whatever the request
    private static void collect(Node node, List<String> segments, int depth, List<Node> ends) {
        if (depth == segments.size()) {
            if (!node.routes.isEmpty()) ends.add(node);
            return;
        }
        Node literal = node.literals.get(segments.get(depth));
        if (literal != null) collect(literal, segments, depth + 1, ends);
        if (!node.parameter.isEmpty() && !segments.get(depth).isEmpty()) {
            collect(node.parameter.getFirst(), segments, depth + 1, ends);
        }
    }

    private static Map<String, String> parameters(Route route, List<String> segments) {
        var parameters = new HashMap<String, String>();
        List<String> template = route.segments();
        for (int i = 0; i < template.size(); i++) {
            String segment = template.get(i);
            if (isParameter(segment)) parameters.put(segment.substring(1, segment.length() - 1), segments.get(i));
        }
        return parameters;
    }
}
