package bulwark.policy.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import bulwark.model.alert.Alert;
import bulwark.model.alert.AlertState;
import bulwark.model.alert.Violation;
import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.Exclusion;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.Severity;
import bulwark.policy.Ask;
import bulwark.policy.Evaluation;
import bulwark.policy.Manifests;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Policy PRIVILEGED = Ask.policy(Ask.section(Ask.group("Privileged Container", "true")));
    private static final WorkloadContext BAD = Manifests.container("securityContext: {privileged: true}");
    private static final WorkloadContext GOOD = Manifests.container("");
    private static final Map<String, Policy> POLICIES = Map.of(PRIVILEGED.id(), PRIVILEGED);

    @Test
    void opensAnAlertForWhatIsNewlyViolated() {
        var changes = AlertChanges.between(List.of(), Ask.evaluation(BAD, PRIVILEGED), POLICIES);

        assertThat(changes.opened()).singleElement().satisfies(opening -> {
            assertThat(opening.policy()).isEqualTo(PRIVILEGED);
            assertThat(opening.violations()).hasSize(1);
        });
        assertThat(changes.updated()).isEmpty();
        assertThat(changes.resolved()).isEmpty();
    }

    @Test
    void leavesAnAlertAloneWhoseViolationsAreTheSame() {
        var said = Ask.evaluation(BAD, PRIVILEGED);

        var changes = AlertChanges.between(List.of(alert(AlertState.SNOOZED, said.violations())), said, POLICIES);

        assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void updatesAnAlertWhoseViolationsAreOthers() {
        var said = Ask.evaluation(BAD, PRIVILEGED);

        var changes = AlertChanges.between(List.of(alert(AlertState.OPEN, List.of())), said, POLICIES);

        assertThat(changes.updated())
                .extracting(AlertChanges.Update::violations)
                .containsExactly(said.violations());
        assertThat(changes.opened()).isEmpty();
    }

    @Test
    void updatesAnAlertWhosePolicyHasAnotherNameOrSeverityNow() {
        var said = Ask.evaluation(BAD, PRIVILEGED);
        var renamed = renamed(PRIVILEGED, "Another name", Severity.CRITICAL);

        var changes = AlertChanges.between(
                List.of(alert(AlertState.OPEN, said.violations())), said, Map.of(renamed.id(), renamed));

        assertThat(changes.updated()).singleElement().satisfies(update -> {
            assertThat(update.alert().policyName()).isEqualTo("Another name");
            assertThat(update.alert().severity()).isEqualTo(Severity.CRITICAL);
            assertThat(update.violations()).isEqualTo(said.violations());
            assertThat(AlertChanges.between(List.of(update.alert()), said, Map.of(renamed.id(), renamed))
                            .isEmpty())
                    .isTrue();
        });
    }

    @Test
    void resolvesWhatIsFixedSwitchedOffExcludedOrGone() {
        var disabled = PRIVILEGED.withDisabled(true);
        var excluding = excluding(PRIVILEGED);

        assertThat(reasons(Ask.evaluation(GOOD, PRIVILEGED), POLICIES)).containsExactly("fixed");
        assertThat(reasons(Ask.evaluation(BAD, disabled), Map.of(disabled.id(), disabled)))
                .containsExactly("policy disabled");
        assertThat(reasons(Ask.evaluation(BAD, excluding), Map.of(excluding.id(), excluding)))
                .containsExactly("excluded");
        assertThat(reasons(Ask.evaluation(BAD), Map.of())).containsExactly("policy deleted");
        assertThat(AlertChanges.workloadDeleted(List.of(alert(AlertState.OPEN, List.of())))
                        .resolved())
                .extracting(AlertChanges.Resolution::reason)
                .containsExactly("workload deleted");
    }

    @Test
    void neverResolvesWhatIsUndecidedOrWasNotAsked() {
        var unknown = Ask.policy(Ask.section(
                new PolicyGroup("Has Ingress Network Policy", PolicyGroup.Operator.OR, false, List.of("false"))));

        assertThat(reasons(Ask.evaluation(GOOD, unknown), Map.of(unknown.id(), unknown)))
                .isEmpty();
        assertThat(reasons(Ask.evaluation(GOOD), POLICIES)).isEmpty();
    }

    @Test
    void overlooksAlertsThatAreResolvedAndOpensAnew() {
        var said = Ask.evaluation(BAD, PRIVILEGED);

        var changes = AlertChanges.between(List.of(alert(AlertState.RESOLVED, said.violations())), said, POLICIES);

        assertThat(changes.opened()).hasSize(1);
        assertThat(changes.opened().getFirst().violations())
                .extracting(Violation::criterion, Violation::container)
                .containsExactly(tuple("Privileged Container", "app"));
    }

    private static List<String> reasons(Evaluation evaluation, Map<String, Policy> policies) {
        return AlertChanges.between(List.of(alert(AlertState.OPEN, List.of())), evaluation, policies)
                .resolved()
                .stream()
                .map(AlertChanges.Resolution::reason)
                .toList();
    }

    private static Alert alert(AlertState state, List<Violation> violations) {
        return new Alert(
                "alert-1",
                PRIVILEGED.id(),
                PRIVILEGED.name(),
                PRIVILEGED.severity(),
                List.of(),
                "c1",
                "main",
                BAD.workload().key(),
                false,
                state,
                null,
                violations,
                NOW,
                NOW,
                null,
                null);
    }

    private static Policy excluding(Policy policy) {
        var shop = new Exclusion("", "shop", null, null, null);
        return like(policy, policy.name(), policy.severity(), List.of(shop));
    }

    private static Policy renamed(Policy policy, String name, Severity severity) {
        return like(policy, name, severity, List.of());
    }

    private static Policy like(Policy policy, String name, Severity severity, List<Exclusion> exclusions) {
        return new Policy(
                policy.id(),
                name,
                "",
                "",
                "",
                false,
                severity,
                policy.categories(),
                policy.stages(),
                policy.eventSource(),
                policy.sections(),
                List.of(),
                exclusions,
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
