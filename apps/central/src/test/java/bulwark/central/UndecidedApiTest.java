package bulwark.central;

import static bulwark.central.tables.Tables.POLICY;
import static bulwark.central.tables.Tables.UNDECIDED;
import static bulwark.central.tables.Tables.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is undecided is shown with its workload and, as coverage, on the dashboard.
class UndecidedApiTest {
    private static final String REASON = "image not scanned";
    private static ApiFixture api;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiFixture();
        var policies = api.database
                .sql()
                .select(POLICY.ID)
                .from(POLICY)
                .orderBy(POLICY.NAME)
                .limit(2)
                .fetch(POLICY.ID);
        api.database
                .sql()
                .selectFrom(WORKLOAD)
                .forEach(workload -> policies.forEach(policy -> api.database
                        .sql()
                        .insertInto(UNDECIDED)
                        .set(UNDECIDED.CLUSTER_ID, workload.getClusterId())
                        .set(UNDECIDED.WORKLOAD_ID, workload.getId())
                        .set(UNDECIDED.POLICY_ID, policy)
                        .set(UNDECIDED.REASON, REASON)
                        .execute()));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void isListedWithItsWorkload() throws Exception {
        UUID id = api.database.sql().select(WORKLOAD.ID).from(WORKLOAD).limit(1).fetchSingle(WORKLOAD.ID);

        JsonNode undecided = api.get("/workloads/" + id).path("undecided");

        assertThat(undecided).hasSize(2);
        assertThat(undecided.path(0).path("policyName").asText()).isNotEmpty();
        assertThat(undecided.path(0).path("reason").asText()).isEqualTo(REASON);
    }

    @Test
    void isCountedAsCoverageWithinTheCallersScope() throws Exception {
        String one = api.token(
                "one-namespace",
                "VIEWER",
                "{\"clusterIds\":[\"" + api.clusters.getFirst() + "\"],\"namespaces\":[\"shop\"]}");

        JsonNode all = api.get("/dashboard").path("undecided");
        JsonNode scoped = api.get("/dashboard", one).path("undecided");

        assertThat(all).hasSize(1);
        assertThat(all.path(0).path("reason").asText()).isEqualTo(REASON);
        assertThat(all.path(0).path("policies").asInt()).isEqualTo(2);
        assertThat(all.path(0).path("workloads").asInt()).isEqualTo(4);
        assertThat(scoped.path(0).path("workloads").asInt()).isEqualTo(1);
    }
}
