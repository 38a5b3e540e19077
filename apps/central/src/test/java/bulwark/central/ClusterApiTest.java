package bulwark.central;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.CLUSTER_REGISTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.tls.CertificateRequests;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Identity;
import bulwark.base.tls.Pem;
import bulwark.wire.RegistrationLine;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jooq.JSONB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clusters over HTTP: how they are registered, join, are shown and leave.
class ClusterApiTest {
    private static final String UNKNOWN = "/api/v1/clusters/00000000-0000-0000-0000-000000000001";
    private static ApiFixture api;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        return api.send("POST", "/api/v1" + path, api.adminToken(), ApiFixture.JSON.writeValueAsString(body));
    }

    private static JsonNode register(String name) throws IOException, InterruptedException {
        var answer = post("/clusters", ApiFixture.JSON.createObjectNode().put("name", name));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return ApiFixture.JSON.readTree(answer.body());
    }

    private static String secretOf(JsonNode registration) {
        return RegistrationLine.parse(registration.path("secret").asText()).secret();
    }

    /// Joins as a Sensor does, without a token.
    private static HttpResponse<String> join(String secret, String request) throws IOException, InterruptedException {
        var body = ApiFixture.JSON
                .createObjectNode()
                .put("secret", secret)
                .put("csr", request)
                .put("sensorVersion", "1.0");
        return api.send("POST", "/api/v1/join", null, ApiFixture.JSON.writeValueAsString(body));
    }

    private static String request() {
        return CertificateRequests.pem(Certificates.newKey());
    }

    private static JsonNode problem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        return ApiFixture.JSON.readTree(answer.body());
    }

    @Test
    void registersAClusterWhoseSensorJoinsByTheLine() throws Exception {
        JsonNode registration = register("joins");
        String id = registration.path("clusterId").asText();
        assertThat(Instant.parse(registration.path("expiresAt").asText())).isAfter(Instant.now());
        assertThat(api.get("/clusters/" + id).path("status").asText()).isEqualTo("NEVER_CONNECTED");

        var answer = join(secretOf(registration), request());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode joined = ApiFixture.JSON.readTree(answer.body());
        assertThat(joined.path("clusterId").asText()).isEqualTo(id);
        assertThat(joined.path("grpcPort").asInt()).isPositive();
        assertThat(Identity.of(Pem.certificate(joined.path("certificate").asText())))
                .contains(new Identity("sensor", id));
        var authorities = Pem.certificates(joined.path("authorities").asText());
        assertThat(authorities)
                .extracting(Certificates::fingerprint)
                .containsExactly(
                        RegistrationLine.parse(registration.path("secret").asText())
                                .fingerprint());
        assertThat(api.get("/clusters/" + id).path("certificateExpiresAt").asText())
                .isNotEmpty();
        assertThat(api.get("/clusters?filter=cluster:joins")
                        .path("items")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(api.get("/audit?filter=" + ApiFixture.query("action:registerCluster object:*joins"))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void refusesASecretThatIsUsedExpiredCutForeignOrOfARemovedClusterWithoutSayingWhich() throws Exception {
        String used = secretOf(register("used"));
        assertThat(join(used, request()).statusCode()).isEqualTo(201);
        JsonNode late = register("late");
        api.database
                .sql()
                .update(CLUSTER_REGISTRATION)
                .set(CLUSTER_REGISTRATION.EXPIRES_AT, Instant.now().minusSeconds(1))
                .where(CLUSTER_REGISTRATION.CLUSTER_ID.eq(
                        UUID.fromString(late.path("clusterId").asText())))
                .execute();
        String good = secretOf(register("good"));
        JsonNode gone = register("gone");
        api.send("DELETE", "/api/v1/clusters/" + gone.path("clusterId").asText(), api.adminToken(), null);

        for (String secret :
                new String[] {used, secretOf(late), good.substring(0, good.length() - 1), "A".repeat(43), secretOf(gone)
                }) {
            assertThat(problem(join(secret, request()), 403).path("detail").asText())
                    .contains("not known, was used before or has expired");
        }
        assertThat(join(good, request()).statusCode())
                .as("the whole one still works")
                .isEqualTo(201);
    }

    @Test
    void saysWhatIsWrongWithARequestAndKeepsTheSecretGood() throws Exception {
        String secret = secretOf(register("clumsy"));

        assertThat(problem(join(secret, "no request"), 400)
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asText())
                .isEqualTo("csr");
        assertThat(problem(join(secret, ""), 400)
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asText())
                .isEqualTo("csr");
        problem(api.send("POST", "/api/v1/join", null, "{"), 400);
        problem(api.send("POST", "/api/v1/join", null, "\"" + "x".repeat(70_000) + "\""), 413);

        assertThat(join(secret, request()).statusCode()).isEqualTo(201);
    }

    @Test
    void refusesANameThatIsTakenOrCannotBeOneAndATimeOutOfReach() throws Exception {
        register("taken");

        assertThat(problem(post("/clusters", ApiFixture.JSON.createObjectNode().put("name", "taken")), 409)
                        .path("detail")
                        .asText())
                .contains("choose another");
        for (String name : new String[] {"", "-x", "a/b", "x".repeat(101)}) {
            var answer = post("/clusters", ApiFixture.JSON.createObjectNode().put("name", name));
            assertThat(problem(answer, 400).path("errors").path(0).path("field").asText())
                    .as(name)
                    .isEqualTo("name");
        }
        for (int minutes : new int[] {0, 7 * 24 * 60 + 1}) {
            var body = ApiFixture.JSON.createObjectNode().put("name", "time").put("validMinutes", minutes);
            assertThat(problem(post("/clusters", body), 400)
                            .path("errors")
                            .path(0)
                            .path("field")
                            .asText())
                    .isEqualTo("validMinutes");
        }
    }

    @Test
    void showsWhatASensorMayNotReadWithTheCluster() throws Exception {
        String id = register("partial").path("clusterId").asText();
        api.database
                .sql()
                .update(CLUSTER)
                .set(
                        CLUSTER.MISSING_PERMISSIONS,
                        JSONB.valueOf("[{\"resource\":\"secrets\",\"verb\":\"list\",\"reason\":\"forbidden\"}]"))
                .set(CLUSTER.SENSOR_VERSION, "0.1.0")
                .set(CLUSTER.KUBERNETES_VERSION, "v1.36.2")
                .where(CLUSTER.ID.eq(UUID.fromString(id)))
                .execute();

        JsonNode cluster = api.get("/clusters/" + id);

        assertThat(cluster.path("missingPermissions").path(0).path("resource").asText())
                .isEqualTo("secrets");
        assertThat(cluster.path("sensorVersion").asText()).isEqualTo("0.1.0");
        assertThat(cluster.path("kubernetesVersion").asText()).isEqualTo("v1.36.2");
        problem(api.send("GET", UNKNOWN, api.adminToken(), null), 404);
    }

    @Test
    void removesAClusterWithItsAlertsAndFreesItsName() throws Exception {
        try (var own = new ApiFixture()) {
            String id = own.clusters.getFirst().toString();
            String path = "/api/v1/clusters/" + id;

            assertThat(own.send("DELETE", path, own.adminToken(), null).statusCode())
                    .isEqualTo(204);

            problem(own.send("GET", path, own.adminToken(), null), 404);
            problem(own.send("DELETE", path, own.adminToken(), null), 404);
            problem(own.send("DELETE", UNKNOWN, own.adminToken(), null), 404);
            assertThat(own.get("/clusters").path("total").asInt()).isEqualTo(1);
            var again = own.send("POST", "/api/v1/clusters", own.adminToken(), "{\"name\":\"cluster-0\"}");
            assertThat(again.statusCode()).as("its name is free").isEqualTo(201);
            Awaitility.await().untilAsserted(() -> {
                assertThat(own.database.sql().fetchCount(ALERT, ALERT.RESOLUTION.eq("cluster removed")))
                        .isEqualTo(2);
                assertThat(own.get("/workloads").path("total").asInt()).isEqualTo(2);
            });
            assertThat(own.get("/audit?filter=" + ApiFixture.query("action:removeCluster"))
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
        }
    }
}
