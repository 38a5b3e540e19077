package bulwark.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people do with alerts, and how others hear of it.
class AlertApiTest {
    private ApiFixture api;
    private String alert;

    @BeforeEach
    void start() throws Exception {
        api = new ApiFixture();
        alert = api.get("/alerts?filter=namespace:shop")
                .path("items")
                .path(0)
                .path("id")
                .asText();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private JsonNode post(String what, String body, int status) throws Exception {
        var answer = api.send("POST", "/api/v1/alerts/" + alert + "/" + what, api.adminToken(), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return ApiFixture.JSON.readTree(answer.body());
    }

    @Test
    void keepsAHistoryOfCommentSnoozeAndResolution() throws Exception {
        post("comments", "{\"text\":\"looking\"}", 201);
        post("snooze", "{\"until\":\"" + Instant.now().plusSeconds(3600) + "\",\"reason\":\"later\"}", 200);
        assertThat(api.get("/alerts").path("total").asInt()).isEqualTo(3);
        assertThat(api.get("/workloads?filter=alerts:0").path("total").asInt()).isEqualTo(1);
        post("snooze", "{\"until\":\"2020-01-01T00:00:00Z\"}", 200);
        JsonNode resolved = post("resolve", "{\"reason\":\"accepted\"}", 200);
        post("resolve", "{\"reason\":\"again\"}", 409);

        assertThat(resolved.path("state").asText()).isEqualTo("RESOLVED");
        assertThat(resolved.path("resolution").asText()).isEqualTo("accepted");
        assertThat(resolved.path("history"))
                .extracting(event -> event.path("action").asText())
                .containsExactly("OPENED", "COMMENTED", "SNOOZED", "UNSNOOZED", "RESOLVED");
        assertThat(api.get("/audit?filter=action:resolveAlert").path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void findsAlertsByACategoryOfTheirPolicyInAnyCase() throws Exception {
        String policy = api.get("/alerts/" + alert).path("policyId").asText();
        JsonNode categories = api.get("/policies/" + policy).path("categories");
        String loud = categories.path(0).asText().toUpperCase(Locale.ROOT);
        String filter = "?filter=" + URLEncoder.encode("category:\"" + loud + "\"", StandardCharsets.UTF_8);

        assertThat(api.get("/alerts" + filter).path("total").asInt()).isEqualTo(4);
        assertThat(api.get("/alerts/count" + filter).path("HIGH").asInt()).isEqualTo(4);
        assertThat(api.get("/alerts?filter=category:none").path("total").asInt())
                .isZero();
    }

    @Test
    void opensAnAlertAgainWhenItsQuietTimeIsOver() throws Exception {
        post("snooze", "{\"until\":\"" + Instant.now().plusSeconds(1) + "\"}", 200);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                api.get("/alerts/" + alert).path("state").asText())
                        .isEqualTo("OPEN"));
    }

    @Test
    void tellsAWebhookWithASignatureAndTriesAgainUntilItAnswers() throws Exception {
        var bodies = new CopyOnWriteArrayList<String>();
        var signatures = new CopyOnWriteArrayList<String>();
        var calls = new AtomicInteger();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuse = calls.getAndIncrement() == 0;
            if (!refuse) {
                bodies.add(body);
                signatures.add(exchange.getRequestHeaders().getFirst("X-Bulwark-Timestamp") + "|"
                        + exchange.getRequestHeaders().getFirst("X-Bulwark-Signature"));
            }
            exchange.sendResponseHeaders(refuse ? 500 : 204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            String settings = "{\"name\":\"hook\",\"type\":\"webhook\",\"enabled\":true,\"settings\":{\"url\":"
                    + "\"http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook\",\"secret\":\"key\"}}";
            assertThat(api.send("POST", "/api/v1/notifiers", api.adminToken(), settings)
                            .statusCode())
                    .isEqualTo(201);

            post("resolve", "{\"reason\":\"accepted\"}", 200);

            await().atMost(Duration.ofSeconds(60)).until(() -> bodies.size() == 1);
            JsonNode event = ApiFixture.JSON.readTree(bodies.getFirst());
            assertThat(event.path("type").asText()).isEqualTo("bulwark.alert.resolved");
            assertThat(event.at("/data/alert/id").asText()).isEqualTo(alert);
            String[] signed = signatures.getFirst().split("\\|", 2);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = mac.doFinal((signed[0] + "." + bodies.getFirst()).getBytes(StandardCharsets.UTF_8));
            assertThat(signed[1]).isEqualTo("v1=" + HexFormat.of().formatHex(expected));
            await().untilAsserted(() -> assertThat(api.get("/notifiers")
                            .path("items")
                            .path(0)
                            .path("pending")
                            .asInt())
                    .isZero());
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void tellsWatchersOfTheirOwnNamespacesOnly() throws Exception {
        JsonNode ours = api.get("/alerts/" + alert).path("workload");
        String theirs = api.clusters.stream()
                .map(UUID::toString)
                .filter(id -> !id.equals(ours.path("clusterId").asText()))
                .findFirst()
                .orElseThrow();
        String scope = "{\"clusterIds\":[],\"namespaces\":[\"bank\"]}";
        String stranger = api.token("stranger", "VIEWER", scope);
        String bank = api.get("/alerts?filter=namespace:bank%20clusterId:" + theirs)
                .at("/items/0/id")
                .asText();
        try (var client = HttpClient.newHttpClient()) {
            var seen = watch(client, api.adminToken());
            var partly = watch(client, stranger);
            post("comments", "{\"text\":\"hello\"}", 201);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> seen.stream().anyMatch(line -> line.contains("\"alert\"")));

            alert = bank;
            post("comments", "{\"text\":\"hello\"}", 201);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> partly.stream().anyMatch(line -> line.startsWith("data")));
            assertThat(partly)
                    .filteredOn(line -> line.startsWith("data"))
                    .singleElement()
                    .asString()
                    .contains(theirs)
                    .doesNotContain(ours.path("clusterId").asText());
            client.shutdownNow();
        }
    }

    private CopyOnWriteArrayList<String> watch(HttpClient client, String token) throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        var request = api.request("/api/v1/events")
                .header("Authorization", "Bearer " + token)
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        var reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        lines.add(reader.readLine());
        Thread.ofVirtual().start(() -> reader.lines().forEach(lines::add));
        return lines;
    }
}
