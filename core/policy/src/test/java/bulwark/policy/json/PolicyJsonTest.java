package bulwark.policy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.model.policy.EnforcementAction;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.Exclusion;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.MitreVector;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicyScope;
import bulwark.model.policy.PolicySection;
import bulwark.model.policy.Severity;
import bulwark.policy.DefaultPolicies;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {
    private static final Policy FULL = new Policy(
            "7b7b1e5e-0000-4000-8000-000000000001",
            "A policy with everything",
            "What",
            "Why \"quoted\"",
            "How",
            true,
            Severity.CRITICAL,
            List.of("Privileges", "Own"),
            List.of(LifecycleStage.BUILD, LifecycleStage.DEPLOY),
            EventSource.NOT_APPLICABLE,
            List.of(new PolicySection(
                    "first", List.of(new PolicyGroup("Image Tag", PolicyGroup.Operator.AND, true, List.of("a", "b"))))),
            List.of(
                    new PolicyScope("c1", "team-.*", new PolicyScope.Label("app", "x"), null, null),
                    new PolicyScope(
                            null, null, null, new PolicyScope.Label("env", "prod"), new PolicyScope.Label("a", ""))),
            List.of(
                    new Exclusion("one", "shop", null, null, Instant.parse("2027-01-01T00:00:00Z")),
                    new Exclusion("two", null, null, "docker.io/library/", null),
                    new Exclusion("three", null, new PolicyScope(null, "kube-system", null, null, null), null, null)),
            List.of(EnforcementAction.FAIL_BUILD, EnforcementAction.UNSATISFIABLE_NODE_CONSTRAINT),
            List.of(new MitreVector("TA0005", List.of("T1610"))),
            List.of("notifier-1"),
            false);

    @Test
    void givesBackWhatItWrote() throws MalformedPolicyException {
        assertThat(PolicyJson.read(PolicyJson.write(FULL))).containsExactly(FULL);

        var all = DefaultPolicies.all();

        assertThat(PolicyJson.read(PolicyJson.write(all))).isEqualTo(all);
    }

    @Test
    void readsAnExportOfStackRoxAndOverlooksWhatItDoesNotKeep() throws MalformedPolicyException {
        var policies = PolicyJson.read("""
                {"policies":[{"id":"2e90874a-3521-44de-85c6-5720f519a701","name":"Latest tag","severity":"LOW_SEVERITY",
                "lifecycleStages":["BUILD","DEPLOY"],"categories":["DevOps Best Practices"],"policyVersion":"1.1",
                "lastUpdated":"2026-01-01T00:00:00Z","SORTName":"","SORTEnforcement":false,"criteriaLocked":true,
                "evaluationFilter":{"skipContainerTypes":[]},"source":"IMPERATIVE","scope":[],
                "exclusions":[{"name":"x","deployment":{"name":"","scope":{"cluster":"","namespace":"kube-system"}},
                "image":null,"expiration":null}],
                "enforcementActions":["FAIL_BUILD_ENFORCEMENT"],
                "policySections":[{"sectionName":"","policyGroups":[{"fieldName":"Image Tag","booleanOperator":"OR",
                "negate":false,"values":[{"value":"latest"}]}]}]}]}
                """);

        assertThat(policies).singleElement().satisfies(policy -> {
            assertThat(policy.severity()).isEqualTo(Severity.LOW);
            assertThat(policy.eventSource()).isEqualTo(EventSource.NOT_APPLICABLE);
            assertThat(policy.enforcementActions()).containsExactly(EnforcementAction.FAIL_BUILD);
            assertThat(policy.sections().getFirst().groups())
                    .containsExactly(new PolicyGroup("Image Tag", PolicyGroup.Operator.OR, false, List.of("latest")));
            assertThat(policy.exclusions())
                    .containsExactly(new Exclusion(
                            "x", null, new PolicyScope(null, "kube-system", null, null, null), null, null));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"severity\":\"LOUD\"} ~ severity: expected one of LOW_SEVERITY, MEDIUM_SEVERITY, HIGH_SEVERITY, CRITICAL_SEVERITY, came: LOUD",
                "{\"name\":\"x\"} ~ severity: expected a severity, came: none",
                "{\"severity\":\"LOW\",\"policyVersion\":\"1\"} ~ policyVersion: expected 1.1, came: 1",
                "{\"policies\":[{\"name\":7}]} ~ policies[0].name: expected a text, came: VALUE_NUMBER_INT",
                "{\"policySections\":[{\"policyGroups\":[{\"negate\":\"no\"}]}]} ~ policySections[0].policyGroups[0].negate: expected true or false, came: VALUE_STRING",
                "{\"exclusions\":[{\"expiration\":\"soon\"}]} ~ exclusions[0].expiration: expected a time as 2026-01-31T12:00:00Z, came: soon",
                "{\"evaluationFilter\":{\"skipContainerTypes\":[\"INIT\"]}} ~ evaluationFilter.skipContainerTypes: expected none: leaving out kinds of containers is not built yet, came: a list",
                "[] ~ document: expected an object, came: START_ARRAY"
            })
    void saysWhereADocumentIsNoPolicy(String document, String message) {
        assertThatThrownBy(() -> PolicyJson.read(document))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessage(message);
    }

    @Test
    void survivesDamageAnywhere() {
        String document = PolicyJson.write(FULL);
        var random = new Random(11);
        for (int cut = 0; cut < document.length(); cut++) {
            readsOrRefuses(document.substring(0, cut));
            char flipped = (char) (32 + random.nextInt(95));
            readsOrRefuses(document.substring(0, cut) + flipped + document.substring(cut + 1));
        }
        readsOrRefuses("[".repeat(100_000));
        readsOrRefuses("{\"a\":".repeat(100_000));
    }

    private static void readsOrRefuses(String document) {
        try {
            assertThat(PolicyJson.read(document)).isNotNull();
        } catch (MalformedPolicyException e) {
            assertThat(e).hasMessageContaining("expected");
        }
    }
}
