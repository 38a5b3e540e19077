package bulwark.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bulwark.model.policy.Exclusion;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicyScope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DefaultPoliciesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void canAllBeSavedAndEvaluated() {
        var policies = DefaultPolicies.all();

        for (Policy policy : policies) {
            assertThat(PolicyValidation.of(policy)).as(policy.name()).isEmpty();
            assertThat(policy.isDefault()).isTrue();
            assertThat(List.of(policy.description(), policy.rationale(), policy.remediation()))
                    .as(policy.name())
                    .allSatisfy(text -> assertThat(text).hasSizeGreaterThan(20));
        }
        assertThat(PolicyEvaluator.compile(policies).rejections()).isEmpty();
    }

    @Test
    void haveIdsAndNamesOfTheirOwn() {
        var ids = new HashSet<String>();
        var names = new HashSet<String>();
        for (Policy policy : DefaultPolicies.all()) {
            assertThat(ids.add(UUID.fromString(policy.id()).toString())).isTrue();
            assertThat(names.add(policy.name())).isTrue();
        }
    }

    /// Compares with the list that was drawn from StackRox's own files.
    @Test
    void sayWhatStackRoxesSay() throws IOException {
        Path facts =
                Path.of(System.getProperty("bulwark.root", "../..")).resolve("../shared/facts/default-policies.jsonl");
        assumeTrue(Files.exists(facts), "skipped: no list of StackRox's policies beside the project");
        Map<String, JsonNode> stated = new HashMap<>();
        for (String line : Files.readAllLines(facts)) {
            JsonNode node = MAPPER.readTree(line);
            stated.put(node.path("name").asText(), node);
        }

        for (Policy policy : DefaultPolicies.all()) {
            assertThat(stated).containsKey(policy.name());
            JsonNode node = Objects.requireNonNull(stated.get(policy.name()));
            assertThat(policy.severity() + "_SEVERITY")
                    .isEqualTo(node.path("severity").asText());
            assertThat(policy.disabled())
                    .as(policy.name())
                    .isEqualTo(node.path("disabled").asBoolean());
            assertThat(policy.categories()).isEqualTo(texts(node.path("categories")));
            assertThat(policy.stages()).map(Enum::name).isEqualTo(texts(node.path("stages")));
            assertThat(policy.exclusions()).map(DefaultPoliciesTest::words).isEqualTo(exclusions(node));
            assertThat(policy.sections()).hasSize(node.path("sections").size());
            for (int i = 0; i < policy.sections().size(); i++) {
                assertThat(policy.sections().get(i).groups())
                        .map(DefaultPoliciesTest::words)
                        .isEqualTo(groups(node.path("sections").get(i)));
            }
        }
    }

    @Test
    void findWhatIsWrongWithAWeakWorkload() {
        var workload = Manifests.pod("""
                hostPID: true
                containers:
                - name: app
                  image: nginx
                  securityContext: {privileged: true}
                  env: [{name: DB_PASSWORD, value: hunter2}]
                  volumeMounts: [{name: run, mountPath: /run}]
                volumes: [{name: run, hostPath: {path: /var/run/docker.sock}}]
                """);
        var policies = DefaultPolicies.all();
        var names = new HashMap<String, String>();
        for (Policy policy : policies) names.put(policy.id(), policy.name());

        var said = Ask.evaluation(workload, policies.toArray(Policy[]::new));

        assertThat(said.byPolicy().keySet())
                .map(names::get)
                .containsExactlyInAnyOrder(
                        "Privileged Container",
                        "Latest tag",
                        "Docker CIS 5.15: Ensure that the host's process namespace is not shared",
                        "Environment Variable Contains Secret",
                        "Mount Container Runtime Socket",
                        "Mounting Sensitive Host Directories",
                        "No CPU request or memory limit specified",
                        "Pod Service Account Token Automatically Mounted",
                        "Container with privilege escalation allowed");
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> exclusions(JsonNode node) {
        var words = new ArrayList<String>();
        for (JsonNode one : node.path("exclusions")) {
            String label = one.has("label")
                    ? one.path("label").path("key").asText() + "="
                            + one.path("label").path("value").asText()
                    : "";
            words.add(one.path("deployment").asText("") + "|"
                    + one.path("namespace").asText("") + "|" + label);
        }
        return words;
    }

    private static String words(Exclusion exclusion) {
        PolicyScope scope = exclusion.scope();
        String workload = exclusion.workload() == null ? "" : exclusion.workload();
        if (scope == null) return workload + "||";
        var label = scope.label();
        return workload + "|" + (scope.namespace() == null ? "" : scope.namespace()) + "|"
                + (label == null ? "" : label.key() + "=" + label.value());
    }

    private static List<String> groups(JsonNode section) {
        var words = new ArrayList<String>();
        for (JsonNode group : section) {
            words.add(group.path("field").asText()
                    + group.path("operator").asText("OR")
                    + group.path("negate").asBoolean()
                    + texts(group.path("values")));
        }
        return words;
    }

    private static String words(PolicyGroup group) {
        return group.field() + group.operator() + group.negate() + group.values();
    }
}
