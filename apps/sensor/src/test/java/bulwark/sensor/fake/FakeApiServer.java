package bulwark.sensor.fake;

import bulwark.sensor.watch.WatchedResource;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Lists and watches as an API server serves them, over plain HTTP: pages with continue tokens, chunked watches,
/// bookmarks, 410 for a version that is forgotten, 403 where a permission is missing, and connections that go silent.
/// Nothing else of an API server is here; what needs more is tested against a real one.
public final class FakeApiServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<WatchedResource, FakeCollection> collections = new EnumMap<>(WatchedResource.class);
    private final Set<WatchedResource> forbidden = EnumSet.noneOf(WatchedResource.class);
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private volatile boolean mute;
    private volatile boolean broken;
    private final AtomicInteger generation = new AtomicInteger();

    public FakeApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        for (WatchedResource resource : WatchedResource.values()) collections.put(resource, new FakeCollection());
        server.setExecutor(tasks);
        server.createContext("/", this::answer);
        server.start();
    }

    /// Where it listens.
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A kubeconfig for it.
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: fake, cluster: {server: "%s"}}]
                users: [{name: nobody, user: {}}]
                contexts: [{name: fake, context: {cluster: fake, user: nobody}}]
                current-context: fake
                """.formatted(url());
    }

    /// The objects of a resource.
    public FakeCollection of(WatchedResource resource) {
        FakeCollection collection = collections.get(resource);
        if (collection == null) throw new IllegalStateException("not served: " + resource);
        return collection;
    }

    /// Takes a permission away, or gives it back.
    public synchronized void forbid(WatchedResource resource, boolean isForbidden) {
        if (isForbidden) {
            forbidden.add(resource);
        } else {
            forbidden.remove(resource);
        }
    }

    private synchronized boolean isForbidden(WatchedResource resource) {
        return forbidden.contains(resource);
    }

    /// From now on open watches say nothing and do not end, as behind a firewall that lost its state; false wakes
    /// only those that are opened later.
    public void mute(boolean isMute) {
        mute = isMute;
    }

    /// Every request fails with 500 until it is mended; open watches are cut.
    public void breakDown(boolean isBroken) {
        broken = isBroken;
        if (isBroken) cutWatches();
    }

    /// Ends the watches that are open.
    public void cutWatches() {
        generation.incrementAndGet();
        collections.values().forEach(FakeCollection::wake);
    }

    /// How many pages of lists were asked for.
    public int listsServed() {
        return lists.get();
    }

    /// How many watches were opened.
    public int watchesServed() {
        return watches.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/version")) {
                send(exchange, 200, "{\"gitVersion\":\"v1.36.2\"}");
                return;
            }
            if (path.equals("/api/v1/namespaces/kube-system")) {
                send(exchange, 200, "{\"metadata\":{\"name\":\"kube-system\",\"uid\":\"fake-uid\"}}");
                return;
            }
            WatchedResource resource = Arrays.stream(WatchedResource.values())
                    .filter(each -> each.path().equals(path))
                    .findFirst()
                    .orElse(null);
            if (resource == null) {
                send(exchange, 404, status(404, "the server could not find the requested resource"));
            } else if (broken) {
                send(exchange, 500, status(500, "etcdserver: leader changed"));
            } else if (isForbidden(resource)) {
                send(exchange, 403, status(403, resource.plural() + " is forbidden: User \"sensor\" cannot list"));
            } else {
                serve(exchange, resource, query(exchange));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, WatchedResource resource, Map<String, String> query)
            throws IOException, InterruptedException {
        if (query.containsKey("watch")) {
            watches.incrementAndGet();
            watch(exchange, of(resource), Long.parseLong(query.get("resourceVersion")));
        } else {
            lists.incrementAndGet();
            list(exchange, of(resource), query);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        if (query == null) return Map.of();
        return Arrays.stream(query.split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each.length > 1 ? each[1] : ""));
    }

    private static void list(HttpExchange exchange, FakeCollection collection, Map<String, String> query)
            throws IOException {
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000000"));
        FakeCollection.Page page = collection.page(query.getOrDefault("continue", ""), limit);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(utf8("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
                    + page.version() + "\"" + (page.next().isEmpty() ? "" : ",\"continue\":\"" + page.next() + "\"")
                    + "},\"items\":["));
            boolean first = true;
            for (String item : page.items()) {
                if (!first) out.write(',');
                first = false;
                out.write(utf8(item));
            }
            out.write(utf8("]}"));
        }
    }

    private void watch(HttpExchange exchange, FakeCollection collection, long from)
            throws IOException, InterruptedException {
        int opened = generation.get();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        long version = from;
        while (opened == generation.get()) {
            if (mute) {
                while (true) Thread.sleep(1000); // for ever: only the other side can notice
            }
            List<FakeCollection.Event> events = collection.after(version);
            if (events == null) {
                out.write(utf8("{\"type\":\"ERROR\",\"object\":" + status(410, "too old resource version") + "}\n"));
                out.close();
                return;
            }
            for (FakeCollection.Event event : events) {
                out.write(utf8("{\"type\":\"" + event.type() + "\",\"object\":" + event.json() + "}\n"));
                version = event.version();
            }
            out.flush();
            collection.await(version);
        }
        out.close();
    }

    private static String status(int code, String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\""
                + message.replace("\"", "\\\"") + "\",\"code\":" + code + "}";
    }

    private static void send(HttpExchange exchange, int code, String json) throws IOException {
        byte[] body = utf8(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        tasks.shutdownNow();
    }
}
