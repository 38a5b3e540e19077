package bulwark.central;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.http.Route;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The running server against its contract, which was written first.
class OpenApiTest {
    private static ApiFixture api;
    private static JsonNode contract;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiFixture();
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
            Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            contract = ApiFixture.JSON.valueToTree(tree);
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Map<String, JsonNode> operations() {
        var operations = new TreeMap<String, JsonNode>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        operations.put(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " /api/v1" + path.getKey(),
                                operation.getValue());
                    }
                }));
        return operations;
    }

    @Test
    void hasEveryRouteInTheContractWithItsPermissionAndNoOther() {
        var served = new TreeSet<String>();
        for (Route route : api.routes()) {
            if (route.path().startsWith("/api/")) served.add(route + " " + route.permission());
        }

        var promised = new TreeSet<String>();
        operations()
                .forEach((name, operation) -> promised.add(
                        name + " " + operation.path("x-bulwark-permission").asText()));

        assertThat(served).isEqualTo(promised);
    }

    @Test
    void answersEveryReadingAsItsSchemaSays() throws Exception {
        api.token("shown", "ANALYST", "{\"clusterIds\":[],\"namespaces\":[\"shop\"]}");
        var notifier = api.send("POST", "/api/v1/notifiers", api.adminToken(), """
                {"name": "hook", "type": "webhook", "enabled": false, "settings":
                 {"url": "http://127.0.0.1:9/", "secret": "s3cr3t"}}""");
        assertThat(notifier.statusCode()).as(notifier.body()).isEqualTo(201);
        assertThat(notifier.body()).doesNotContain("s3cr3t");
        int read = 0;
        for (var operation : operations().entrySet()) {
            if (!operation.getKey().startsWith("GET ")) continue;
            JsonNode schema = operation
                    .getValue()
                    .at("/responses/200/content")
                    .path("application/json")
                    .path("schema");
            if (schema.isMissingNode()) continue;
            String path = operation.getKey().substring("GET ".length());
            String list = path.replace("/{id}", "");
            if (path.contains("{id}")) {
                JsonNode first = api.get(list.substring("/api/v1".length()))
                        .path("items")
                        .path(0);
                path = path.replace("{id}", first.path("id").asText());
            }
            var answer = api.send("GET", path, api.adminToken(), null);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(faults(schema, answer.body())).as(path).isEmpty();
            read++;
        }
        assertThat(read).isGreaterThan(15);
    }

    @Test
    void offersTheFiltersAndOrdersOfTheContract() throws Exception {
        for (var operation : operations().entrySet()) {
            String path = operation.getKey().substring(operation.getKey().indexOf(' ') + 1);
            for (JsonNode field : operation.getValue().path("x-bulwark-filter-fields")) {
                var answer = api.send("GET", path + "?filter=" + field.asText() + ":*", api.adminToken(), null);
                assertThat(answer.body()).as("%s by %s", path, field).doesNotContain("there is no field");
            }
            for (JsonNode field : operation.getValue().path("x-bulwark-sort-fields")) {
                for (String order : List.of(field.asText(), "-" + field.asText())) {
                    var answer = api.send("GET", path + "?limit=1&sort=" + order, api.adminToken(), null);
                    assertThat(answer.statusCode()).as("%s by %s", path, order).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void answersBadBodiesWithProblemsAndNoTraces() throws Exception {
        String large = "{\"name\":\"" + "x".repeat(2 << 20) + "\"}";
        for (String body :
                List.of("", "{", "[]", "null", "{\"nam\":1}", "{\"name\":{}}", "\0", large, "{\"name\":\"\"}")) {
            for (Route route : api.routes()) {
                if (!route.method().equals("POST")
                        && !route.method().equals("PUT")
                        && !route.method().equals("PATCH")) {
                    continue;
                }
                if (route.path().endsWith("/backup") || route.path().endsWith("/test")) continue;
                String path = route.path().replace("{id}", "00000000-0000-0000-0000-000000000001");
                var answer = api.send(route.method(), path, api.adminToken(), body);

                assertThat(answer.statusCode()).as("%s with %.20s", route, body).isBetween(400, 429);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(answer.body()).doesNotContain("bulwark.central").doesNotContain("Exception");
                assertThat(faults(contract.at("/components/schemas/Problem"), answer.body()))
                        .isEmpty();
            }
        }
    }

    /// What is wrong with an answer; references of the schema are looked up in the contract.
    private static List<String> faults(JsonNode schema, String answer) throws IOException {
        var whole = ApiFixture.JSON.createObjectNode();
        whole.setAll((com.fasterxml.jackson.databind.node.ObjectNode) schema.deepCopy());
        whole.set("components", contract.path("components"));
        var found = new ArrayList<String>();
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ApiFixture.JSON.writeValueAsString(whole), InputFormat.JSON)
                .validate(answer, InputFormat.JSON)
                .forEach(error -> found.add(error.toString()));
        return found;
    }
}
