package bulwark.policy;

import static bulwark.policy.Ask.all;
import static bulwark.policy.Ask.group;
import static bulwark.policy.Ask.not;
import static bulwark.policy.Ask.section;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.policy.EnforcementAction;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.Exclusion;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicyScope;
import bulwark.model.policy.PolicySection;
import bulwark.model.policy.Severity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyValidationTest {
    private static final PolicySection FINE = section(group("Privileged Container", "true"));

    @Test
    void findsNothingWrongWithASoundPolicy() {
        assertThat(PolicyValidation.of(policy("Privileged", FINE))).isEmpty();
    }

    @Test
    void namesEachFieldWithWhatWasExpectedAndWhatCame() {
        var policy = policy(
                "no$", section(group("Privileged Container", "maybe", "true"), not("Privileged Container", "true")));

        assertThat(PolicyValidation.of(policy))
                .map(Problem::toString)
                .containsExactly(
                        "name: expected 5 to 128 characters without line breaks or $, came: no$",
                        "sections[0].groups[0].values: expected one value, came: maybe, true",
                        "sections[0].groups[0].values[0]: expected true or false, came: maybe",
                        "sections[0].groups[1].field: expected each criterion once in a section, came: Privileged"
                                + " Container",
                        "sections[0].groups[1].negate: expected no negation of Privileged Container, came: true");
    }

    @Test
    void asksForStagesSourcesAndCriteriaThatBelongTogether() {
        assertThat(fields(policy(List.of(LifecycleStage.RUNTIME), EventSource.NOT_APPLICABLE, FINE)))
                .containsExactly("eventSource", "sections");
        assertThat(fields(policy(List.of(LifecycleStage.DEPLOY), EventSource.DEPLOYMENT_EVENT, FINE)))
                .containsExactly("eventSource");
        assertThat(fields(policy(
                        List.of(LifecycleStage.DEPLOY, LifecycleStage.RUNTIME), EventSource.DEPLOYMENT_EVENT, FINE)))
                .contains("stages");
        assertThat(fields(policy(List.of(LifecycleStage.BUILD), EventSource.NOT_APPLICABLE, FINE)))
                .containsExactly("sections[0].groups[0].field");
        assertThat(fields(policy(List.of(), EventSource.NOT_APPLICABLE, FINE))).containsExactly("stages");
    }

    @Test
    void knowsTheRulesOfCriteriaThatAreNotBuiltYet() {
        var audit = List.of(LifecycleStage.RUNTIME);
        var alone = policy(audit, EventSource.AUDIT_LOG_EVENT, section(group("Kubernetes API Verb", "GET")));
        var mixed = policy(
                audit,
                EventSource.DEPLOYMENT_EVENT,
                section(group("Kubernetes Resource", "PODS_EXEC"), group("Process Name", "sh")));
        var files = policy(audit, EventSource.NODE_EVENT, section(group("File Operation", "OPEN")));
        var signature = policy(
                List.of(LifecycleStage.BUILD),
                EventSource.NOT_APPLICABLE,
                section(all("Image Signature Verified By", "x")));

        assertThat(messages(alone)).contains("the criterion Kubernetes Resource too");
        assertThat(messages(mixed)).contains("criteria about one kind of event");
        assertThat(messages(files)).contains("the criterion File Path too");
        assertThat(messages(signature)).contains("OR");
    }

    @Test
    void refusesACapabilityThatIsAddedAndDropped() {
        var policy = policy(
                "Capabilities", section(group("Add Capabilities", "SYSLOG"), group("Drop Capabilities", "SYSLOG")));

        assertThat(messages(policy)).containsExactly("a capability either added or dropped, not both");
    }

    @Test
    void checksScopesExclusionsAndEnforcement() {
        var policy = new Policy(
                "id",
                "A policy of a test",
                "",
                "",
                "",
                false,
                Severity.LOW,
                List.of("A", "A"),
                List.of(LifecycleStage.DEPLOY),
                EventSource.NOT_APPLICABLE,
                List.of(section(group("Has Ingress Network Policy", "false"))),
                List.of(new PolicyScope("c", "(", null, new PolicyScope.Label("a", "b"), null)),
                List.of(
                        new Exclusion("", null, null, "docker.io/", null),
                        new Exclusion("", null, null, null, null),
                        new Exclusion("", null, new PolicyScope(null, null, null, null, null), null, null)),
                List.of(EnforcementAction.SCALE_TO_ZERO),
                List.of(),
                List.of(),
                false);

        assertThat(fields(policy))
                .containsExactly(
                        "categories[1]",
                        "scopes[0].namespace",
                        "scopes[0]",
                        "exclusions[0].image",
                        "exclusions[1]",
                        "exclusions[2].scope",
                        "enforcementActions");
    }

    @Test
    void asksForSomethingToMatch() {
        assertThat(fields(policy("No section"))).containsExactly("sections");
        assertThat(fields(policy("Empty section", section()))).containsExactly("sections[0].groups");
        assertThat(fields(policy("No value", section(group("Image Tag")))))
                .containsExactly("sections[0].groups[0].values");
    }

    @Test
    void holdsItsLimits() {
        String[] many = new String[1_001];
        Arrays.fill(many, "a");
        var values = new PolicyGroup("Image Tag", PolicyGroup.Operator.OR, false, List.of(many));

        assertThat(messages(policy("Too many values", section(values)))).containsExactly("at most 1000");
        assertThat(messages(policy("Too long a value", section(group("Image Tag", "a".repeat(10_001))))))
                .containsExactly("a pattern of at most 10000 characters");
    }

    private static List<String> fields(Policy policy) {
        return PolicyValidation.of(policy).stream().map(Problem::field).toList();
    }

    private static List<String> messages(Policy policy) {
        return PolicyValidation.of(policy).stream().map(Problem::expected).toList();
    }

    private static Policy policy(String name, PolicySection... sections) {
        return PolicyCases.policy(
                "id", name, List.of(LifecycleStage.DEPLOY), EventSource.NOT_APPLICABLE, List.of(sections));
    }

    private static Policy policy(List<LifecycleStage> stages, EventSource source, PolicySection section) {
        return PolicyCases.policy("id", "A policy of a test", stages, source, List.of(section));
    }
}
