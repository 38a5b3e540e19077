package bulwark.central;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.ALERT_EVENT;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.INVENTORY_OBJECT;
import static bulwark.central.tables.Tables.POLICY;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.base.Lifecycle;
import bulwark.central.session.AdminAccount;
import bulwark.http.Route;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.store.testing.TestDatabases;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// A whole Central on a real PostgreSQL and real ports, with two clusters of two namespaces each: one workload and one
/// open alert in each.
final class ApiFixture implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    final Database database = TestDatabases.create(DataDirectory.MIGRATIONS);
    final String password;
    final List<UUID> clusters = List.of(UuidV7.next(), UuidV7.next());
    final Instant now = Instant.now();
    private final Path folder;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Central central;
    private final HttpClient client = HttpClient.newHttpClient();

    ApiFixture() throws Exception {
        folder = Files.createTempDirectory("bulwark-api-");
        password =
                new AdminAccount(database, Clock.systemUTC()).makeAtFirstStart().orElseThrow();
        var settings = new CentralSettings(
                folder, new CentralSettings.Ports(0, 0, 0), List.of("localhost"), null, folder.resolve("secret.key"));
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        central = Central.start(lifecycle, settings, new Central.Parts(database, registry, Clock.systemUTC(), "test"));
        for (int i = 0; i < clusters.size(); i++) {
            addCluster(clusters.get(i), "cluster-" + i);
            for (String namespace : List.of("shop", "bank")) addWorkload(clusters.get(i), namespace);
        }
    }

    private void addCluster(UUID id, String name) {
        database.sql()
                .insertInto(CLUSTER)
                .set(CLUSTER.ID, id)
                .set(CLUSTER.NAME, name)
                .set(CLUSTER.CREATED_AT, now)
                .execute();
    }

    private void addWorkload(UUID clusterId, String namespace) {
        UUID id = UuidV7.next();
        database.sql()
                .insertInto(WORKLOAD)
                .set(WORKLOAD.CLUSTER_ID, clusterId)
                .set(WORKLOAD.ID, id)
                .set(WORKLOAD.NAMESPACE, namespace)
                .set(WORKLOAD.KIND, "Deployment")
                .set(WORKLOAD.NAME, namespace + "-web")
                .set(WORKLOAD.IMAGES, new String[] {"nginx:1"})
                .set(WORKLOAD.LABELS, JSONB.valueOf("{\"app\": \"web\"}"))
                .set(WORKLOAD.PLATFORM, false)
                .set(WORKLOAD.CHANGED_AT, now)
                .set(WORKLOAD.EVALUATED_VERSION, Long.MAX_VALUE) // the evaluator leaves it alone
                .set(WORKLOAD.HIGH_ALERTS, 1)
                .execute();
        addObject(clusterId, "WORKLOAD", "Deployment", namespace, namespace + "-web");
        addObject(clusterId, "POD", "Pod", namespace, namespace + "-web-1");
        addAlert(clusterId, id, namespace);
    }

    private void addObject(UUID clusterId, String type, String kind, String namespace, String name) {
        String document = type.equals("POD")
                ? "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + namespace + "\"},\"owner\":{\"type\":"
                        + "\"WORKLOAD\",\"kind\":\"Deployment\",\"name\":\"w\",\"namespace\":\"" + namespace
                        + "\"},\"phase\":\"Running\",\"spec\":{\"hostIpc\":false,\"hostNetwork\":false,\"hostPid\":false}}"
                : "{}";
        database.sql()
                .insertInto(INVENTORY_OBJECT)
                .set(INVENTORY_OBJECT.CLUSTER_ID, clusterId)
                .set(INVENTORY_OBJECT.TYPE, type)
                .set(INVENTORY_OBJECT.KIND, kind)
                .set(INVENTORY_OBJECT.NAMESPACE, namespace)
                .set(INVENTORY_OBJECT.NAME, name)
                .set(INVENTORY_OBJECT.HASH, 1L)
                .set(INVENTORY_OBJECT.DOCUMENT, JSONB.valueOf(document))
                .set(INVENTORY_OBJECT.OWNER_KIND, type.equals("POD") ? "Deployment" : null)
                .set(INVENTORY_OBJECT.OWNER_NAME, type.equals("POD") ? namespace + "-web" : null)
                .set(INVENTORY_OBJECT.CHANGED_AT, now)
                .execute();
    }

    private void addAlert(UUID clusterId, UUID workloadId, String namespace) {
        UUID policyId = database.sql()
                .select(POLICY.ID)
                .from(POLICY)
                .orderBy(POLICY.NAME)
                .limit(1)
                .fetchSingle(POLICY.ID);
        UUID id = UuidV7.next();
        database.sql()
                .insertInto(ALERT)
                .set(ALERT.CLUSTER_ID, clusterId)
                .set(ALERT.ID, id)
                .set(ALERT.POLICY_ID, policyId)
                .set(ALERT.POLICY_NAME, "Policy")
                .set(ALERT.SEVERITY, (short) 2)
                .set(ALERT.CATEGORIES, new String[] {"Privileges"})
                .set(ALERT.WORKLOAD_ID, workloadId)
                .set(ALERT.NAMESPACE, namespace)
                .set(ALERT.KIND, "Deployment")
                .set(ALERT.WORKLOAD_NAME, namespace + "-web")
                .set(ALERT.PLATFORM, false)
                .set(ALERT.STATE, "OPEN")
                .set(ALERT.VIOLATIONS, JSONB.valueOf("[{\"criterion\": \"Privileged Container\", \"message\": \"m\"}]"))
                .set(ALERT.VIOLATION_COUNT, 1)
                .set(ALERT.FIRST_SEEN_AT, now)
                .set(ALERT.CHANGED_AT, now)
                .execute();
        database.sql()
                .insertInto(ALERT_EVENT)
                .set(ALERT_EVENT.CLUSTER_ID, clusterId)
                .set(ALERT_EVENT.ALERT_ID, id)
                .set(ALERT_EVENT.ID, UuidV7.next())
                .set(ALERT_EVENT.AT, now)
                .set(ALERT_EVENT.ACTOR, "system")
                .set(ALERT_EVENT.ACTION, "OPENED")
                .set(ALERT_EVENT.TEXT, "")
                .execute();
    }

    /// The key that seals its secrets.
    Path keyFile() {
        return folder.resolve("secret.key");
    }

    List<Route> routes() {
        return central.routes();
    }

    String adminToken() {
        return central.localToken().secret();
    }

    /// A token made over the API; `scope` is JSON or null.
    String token(String name, String role, @Nullable String scope) throws IOException, InterruptedException {
        String body = "{\"name\":\"" + name + "\",\"role\":\"" + role + "\""
                + (scope == null ? "" : ",\"scope\":" + scope) + "}";
        var answer = send("POST", "/api/v1/tokens", adminToken(), body);
        if (answer.statusCode() != 201) throw new IllegalStateException(answer.body());
        return JSON.readTree(answer.body()).path("secret").asText();
    }

    /// The whole answer as JSON of a GET by the administrator that must succeed.
    JsonNode get(String path) throws IOException, InterruptedException {
        return get(path, adminToken());
    }

    JsonNode get(String path, String token) throws IOException, InterruptedException {
        var answer = send("GET", "/api/v1" + path, token, null);
        if (answer.statusCode() != 200) throw new IllegalStateException(path + ": " + answer.body());
        return JSON.readTree(answer.body());
    }

    static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (token != null) request.header("Authorization", "Bearer " + token);
        return send(method, request, body);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + central.httpPort() + path));
    }

    HttpResponse<String> send(String method, HttpRequest.Builder request, @Nullable String body)
            throws IOException, InterruptedException {
        if (body != null) request.header("Content-Type", "application/json");
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest built = request.method(method, publisher).build();
        return client.send(built, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        lifecycle.close();
        database.close();
    }
}
