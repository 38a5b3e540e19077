package bulwark.central;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.central.access.Permission;
import bulwark.central.access.Role;
import bulwark.http.Route;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may do what and see what, walked over all routes of a running Central.
class AccessApiTest {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000001";
    private static ApiFixture api;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String path(Route route) {
        return route.path().replace("{id}", NOBODY);
    }

    @Test
    void refusesEveryRouteToThoseItDoesNotKnow() throws Exception {
        for (Route route : api.routes()) {
            if (route.permission().equals(Route.PUBLIC) || route.path().equals("/metrics")) continue;

            assertThat(api.send(route.method(), path(route), null, "{}").statusCode())
                    .as("%s by nobody", route)
                    .isEqualTo(401);
            assertThat(api.send(route.method(), path(route), "bwk_wrong", "{}").statusCode())
                    .as("%s by a wrong token", route)
                    .isEqualTo(401);
        }
    }

    @Test
    void letsEveryRoleDoWhatTheTableSaysAndNothingElse() throws Exception {
        for (Role role : Role.values()) {
            String token = api.token("walk-" + role, role.name(), null);
            for (Route route : api.routes()) {
                if (route.permission().equals(Route.PUBLIC) || route.path().equals("/metrics")) continue;
                if (route.path().endsWith("/events") || route.path().endsWith("/backup")) continue; // streams
                boolean may = role.may(Permission.of(route.permission()));
                int status = api.send(route.method(), path(route), token, "{}").statusCode();

                if (may) assertThat(status).as("%s by %s", route, role).isNotIn(401, 403, 500);
                else assertThat(status).as("%s by %s", route, role).isEqualTo(403);
            }
        }
    }

    @Test
    void showsAScopedTokenItsOwnRowsOnlyInEveryList() throws Exception {
        String cluster = api.clusters.getFirst().toString();
        String scope = "{\"clusterIds\":[\"" + cluster + "\"],\"namespaces\":[\"shop\"]}";
        String token = api.token("scoped", "ADMIN", scope);

        for (String list : new String[] {"/alerts", "/workloads"}) {
            JsonNode page = api.get(list, token);
            assertThat(page.path("total").asInt()).as(list).isEqualTo(1);
            JsonNode row = page.path("items").path(0);
            JsonNode workload = row.has("workload") ? row.path("workload") : row;
            assertThat(workload.path("clusterId").asText()).isEqualTo(cluster);
            assertThat(workload.path("namespace").asText()).isEqualTo("shop");
            assertThat(api.get(list).path("total").asInt()).isEqualTo(4);
            // what it may not see it cannot search either
            assertThat(api.get(list + "?filter=namespace:bank", token)
                            .path("total")
                            .asInt())
                    .isZero();
            assertThat(api.get(list + "?filter=bank", token).path("total").asInt())
                    .isZero();
        }
        assertThat(api.get("/alerts/count", token).path("total").asInt()).isEqualTo(1);
        assertThat(api.get("/clusters", token).path("total").asInt()).isEqualTo(1);
        assertThat(api.get("/policies?sort=-alerts", token)
                        .path("items")
                        .path(0)
                        .path("alerts")
                        .asInt())
                .isEqualTo(1);
        JsonNode dashboard = api.get("/dashboard", token);
        assertThat(dashboard.path("openAlerts").path("HIGH").asInt()).isEqualTo(1);
        assertThat(dashboard.path("worstWorkloads")).hasSize(1);
        assertThat(dashboard.path("clusters")).hasSize(1);
        assertThat(dashboard.path("topPolicies").path(0).path("alerts").asInt()).isEqualTo(1);
        assertThat(dashboard.path("timeline").path(29).path("opened").asInt()).isEqualTo(1);
    }

    @Test
    void hidesFromAScopedTokenTheDetailsOfOthersAndWhatReachesBeyondScopes() throws Exception {
        String scope = "{\"clusterIds\":[],\"namespaces\":[\"shop\"]}";
        String token = api.token("one-namespace", "ADMIN", scope);
        String alert = api.get("/alerts?filter=namespace:bank")
                .path("items")
                .path(0)
                .path("id")
                .asText();
        String workload = api.get("/workloads?filter=namespace:bank")
                .path("items")
                .path(0)
                .path("id")
                .asText();

        assertThat(api.send("GET", "/api/v1/alerts/" + alert, token, null).statusCode())
                .isEqualTo(404);
        assertThat(api.send("GET", "/api/v1/workloads/" + workload, token, null).statusCode())
                .isEqualTo(404);
        String resolve = "/api/v1/alerts/" + alert + "/resolve";
        assertThat(api.send("POST", resolve, token, "{\"reason\":\"x\"}").statusCode())
                .isEqualTo(404);
        for (String global : new String[] {"tokens", "notifiers", "audit", "settings"}) {
            assertThat(api.send("GET", "/api/v1/" + global, token, null).statusCode())
                    .as(global)
                    .isEqualTo(403);
        }
        assertThat(api.send("POST", "/api/v1/tokens", token, "{\"name\":\"n\",\"role\":\"ADMIN\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void asksForTheSessionsTokenBesideItsCookie() throws Exception {
        var login = api.send(
                "POST", "/api/v1/session", null, "{\"username\":\"admin\",\"password\":\"" + api.password + "\"}");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        String csrf = ApiFixture.JSON.readTree(login.body()).path("csrfToken").asText();
        String bare = cookie.substring(0, cookie.indexOf(';'));
        Map<String, Integer> expected = Map.of("", 403, "wrong", 403, csrf, 200);

        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        String id = api.get("/policies").path("items").path(0).path("id").asText();
        for (var each : expected.entrySet()) {
            var request = api.request("/api/v1/policies/" + id).header("Cookie", bare);
            if (!each.getKey().isEmpty()) request.header("X-Bulwark-CSRF", each.getKey());
            assertThat(api.send("PATCH", request, "{\"disabled\":false}").statusCode())
                    .as("CSRF token %s", each.getKey())
                    .isEqualTo(each.getValue());
        }
        var out = api.request("/api/v1/session").header("Cookie", bare).header("X-Bulwark-CSRF", csrf);
        assertThat(api.send("DELETE", out, null).statusCode()).isEqualTo(204);
        var after = api.request("/api/v1/session").header("Cookie", bare);
        assertThat(api.send("GET", after, null).statusCode()).isEqualTo(401);
    }

    @Test
    void slowsDownThoseWhoGuessPasswordsAndWritesItDown() throws Exception {
        try (var guessed = new ApiFixture()) {
            int refused = 0;
            int throttled = 0;
            for (int i = 0; i < 13; i++) {
                var answer = guessed.send(
                        "POST", "/api/v1/session", null, "{\"username\":\"admin\",\"password\":\"guess\"}");
                if (answer.statusCode() == 401) refused++;
                if (answer.statusCode() == 429) throttled++;
            }

            assertThat(refused).isEqualTo(10);
            assertThat(throttled).isEqualTo(3);
            assertThat(guessed.get("/audit?filter=" + ApiFixture.query("action:\"login refused\""))
                            .path("total")
                            .asInt())
                    .isEqualTo(10);
        }
    }

    @Test
    void forgetsARevokedTokenAtOnceAndNeverShowsSecretsAgain() throws Exception {
        String secret = api.token("to-revoke", "VIEWER", null);
        var listed = api.send("GET", "/api/v1/tokens", api.adminToken(), null).body();
        String id = api.get("/tokens?filter=name:to-revoke")
                .path("items")
                .path(0)
                .path("id")
                .asText();

        int revoked = api.send("DELETE", "/api/v1/tokens/" + id, api.adminToken(), null)
                .statusCode();

        assertThat(listed).doesNotContain(secret).doesNotContain("secretHash");
        assertThat(revoked).isEqualTo(204);
        assertThat(api.send("GET", "/api/v1/alerts", secret, null).statusCode()).isEqualTo(401);
    }
}
