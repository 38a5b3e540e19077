package bulwark.policy;

import static bulwark.policy.Ask.group;
import static bulwark.policy.Ask.not;
import static bulwark.policy.Ask.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import bulwark.model.alert.Violation;
import bulwark.model.inventory.Container;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.Exclusion;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyScope;
import bulwark.model.policy.PolicySection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyEvaluatorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final WorkloadContext TWO_CONTAINERS = Manifests.pod("""
            hostNetwork: true
            containers:
            - {name: one, image: nginx, securityContext: {privileged: true}}
            - name: two
              image: quay.io/team/app:1
              volumeMounts: [{name: etc, mountPath: /a, readOnly: true}, {name: data, mountPath: /b}]
            volumes:
            - {name: etc, hostPath: {path: /etc}}
            - {name: data, emptyDir: {}}
            """);
    private static final Policy PRIVILEGED = Ask.policy(section(group("Privileged Container", "true")));

    @Test
    void asksCriteriaOfOneSectionOfTheSameContainer() {
        assertThat(Ask.of(TWO_CONTAINERS, group("Privileged Container", "true"), group("Image Registry", "quay.io")))
                .isEmpty();
        assertThat(Ask.of(TWO_CONTAINERS, group("Privileged Container", "true"), group("Image Registry", "docker.io")))
                .extracting(Violation::container, Violation::criterion)
                .containsExactly(tuple("one", "Privileged Container"), tuple("one", "Image Registry"));
    }

    @Test
    void asksCriteriaAboutMountsOfTheSameMount() {
        assertThat(Ask.of(TWO_CONTAINERS, group("Volume Type", "hostPath"), group("Volume Destination", "/b")))
                .isEmpty();
        assertThat(Ask.of(TWO_CONTAINERS, group("Volume Type", "hostPath"), group("Writable Mounted Volume", "false")))
                .extracting(Violation::fieldPath)
                .containsExactly(
                        "spec.template.spec.volumes[0]", "spec.template.spec.containers[1].volumeMounts[0].readOnly");
    }

    @Test
    void joinsCriteriaAboutTheWorkloadWithThoseAboutAContainer() {
        assertThat(Ask.of(TWO_CONTAINERS, group("Host Network", "true"), group("Privileged Container", "true")))
                .extracting(Violation::container)
                .containsExactly("", "one");
        assertThat(Ask.of(TWO_CONTAINERS, group("Host PID", "true"), group("Privileged Container", "true")))
                .isEmpty();
    }

    @Test
    void isViolatedByOneSectionOfSeveralAndNamesIt() {
        var policy = Ask.policy(
                new PolicySection("pid", List.of(group("Host PID", "true"))),
                new PolicySection("network", List.of(group("Host Network", "true"))));

        assertThat(Ask.evaluation(TWO_CONTAINERS, policy).violations())
                .extracting(Violation::section)
                .containsExactly("network");
    }

    @Test
    void negatesEachValueOfAListAndNotTheList() {
        assertThat(Ask.of(TWO_CONTAINERS, not("Image Registry", "docker.io")))
                .extracting(Violation::container)
                .containsExactly("two");
        assertThat(Ask.of(Manifests.container(""), not("Volume Type", "hostPath")))
                .isEmpty();
    }

    @Test
    void looksAtInjectedAndInitContainersButNotAtEphemeralOnes() {
        var workload = Manifests.pod("""
                initContainers: [{name: prepare, image: busybox, securityContext: {privileged: true}}]
                containers: [{name: app, image: registry.example/app:1}]
                ephemeralContainers: [{name: debug, image: busybox, securityContext: {privileged: true}}]
                """);
        Container proxy = TWO_CONTAINERS.workload().podSpec().containers().getFirst();
        var context = new WorkloadContext(
                workload.workload(),
                "c1",
                "main",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(proxy));

        assertThat(Ask.evaluation(context, PRIVILEGED).violations())
                .extracting(Violation::fieldPath)
                .containsExactly(
                        "spec.template.spec.initContainers[0].securityContext.privileged",
                        "pod:spec.containers[0].securityContext.privileged");
    }

    @Test
    void leavesOutWhatIsExcludedUntilTheExclusionExpires() {
        var forever = with(List.of(), List.of(exclusion("sh.p", null, null)));
        var expired = with(List.of(), List.of(exclusion("shop", null, NOW)));
        var elsewhere = with(List.of(), List.of(exclusion("shop", "kube-.*", null)));

        assertThat(Ask.evaluation(TWO_CONTAINERS, forever).of("policy-1")).isEqualTo(Evaluation.Standing.EXCLUDED);
        assertThat(Ask.evaluation(TWO_CONTAINERS, expired).of("policy-1")).isEqualTo(Evaluation.Standing.VIOLATED);
        assertThat(Ask.evaluation(TWO_CONTAINERS, elsewhere).of("policy-1")).isEqualTo(Evaluation.Standing.VIOLATED);
    }

    @Test
    void isUndecidedWhereAScopeNamesLabelsOfANamespaceThatMayNotBeRead() {
        var scope = new PolicyScope(null, null, null, null, new PolicyScope.Label("tier", "front"));
        var context = new WorkloadContext(
                TWO_CONTAINERS.workload(),
                "c1",
                "main",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
        var policy = with(List.of(scope), List.of());

        assertThat(Ask.evaluation(context, policy).of("policy-1")).isEqualTo(Evaluation.Standing.EXCLUDED);
        var unread = Ask.evaluation(context.withUnread(Set.of(ObjectType.NAMESPACE)), policy);
        assertThat(unread.of("policy-1")).isEqualTo(Evaluation.Standing.UNDECIDED);
        assertThat(unread.undecided().getFirst().reason()).contains("labels of the namespace");
    }

    @Test
    void appliesWhereOneOfItsScopesHolds() {
        var there = new PolicyScope(null, "store", null, null, null);
        var elsewhere = new PolicyScope(null, "sto", null, null, null);

        assertThat(Ask.evaluation(TWO_CONTAINERS, with(List.of(elsewhere), List.of()))
                        .violations())
                .isEmpty();
        assertThat(Ask.evaluation(TWO_CONTAINERS, with(List.of(elsewhere, there), List.of()))
                        .violations())
                .hasSize(1);
    }

    @Test
    void isUndecidedWhereTheScopeAsksForAClusterThatIsNotKnown() {
        var policy = with(List.of(new PolicyScope("main", null, null, null, null)), List.of());

        var said = Ask.evaluation(TWO_CONTAINERS, policy);

        assertThat(said.of("policy-1")).isEqualTo(Evaluation.Standing.UNDECIDED);
        assertThat(said.violations()).isEmpty();
    }

    @Test
    void isDecidedWhereWhatIsKnownSuffices() {
        var policy = Ask.policy(
                section(group("Has Ingress Network Policy", "false"), group("Host PID", "true")),
                section(group("Has Egress Network Policy", "false")),
                section(group("Host Network", "true")));

        assertThat(Ask.evaluation(TWO_CONTAINERS, policy).of("policy-1")).isEqualTo(Evaluation.Standing.VIOLATED);
    }

    @Test
    void doesNotAskPoliciesThatAreDisabledOrAboutOtherStages() {
        var build = PolicyCases.policy(
                "policy-2",
                "A policy of images",
                List.of(LifecycleStage.BUILD),
                PRIVILEGED.eventSource(),
                List.of(section(group("Image Tag", "latest"))));

        var evaluator = PolicyEvaluator.compile(List.of(PRIVILEGED.withDisabled(true), build));

        assertThat(evaluator.asked()).isEmpty();
        assertThat(evaluator.rejections()).isEmpty();
    }

    @Test
    void goesOnWithTheOthersWhereOnePolicyIsRejected() {
        var broken = PolicyCases.policy(
                "broken",
                "A broken policy",
                List.of(LifecycleStage.DEPLOY),
                PRIVILEGED.eventSource(),
                List.of(section(group("Image Tag", "("))));

        var evaluator = PolicyEvaluator.compile(List.of(broken, PRIVILEGED));

        assertThat(evaluator.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.policyId()).isEqualTo("broken");
            assertThat(rejection.problems().getFirst().field()).isEqualTo("sections[0].groups[0].values[0]");
        });
        assertThat(evaluator.evaluate(TWO_CONTAINERS, NOW).violations()).hasSize(1);
        assertThat(evaluator.evaluate(TWO_CONTAINERS, NOW).of("broken")).isEqualTo(Evaluation.Standing.NOT_ASKED);
    }

    @Test
    void countsViolationsBeyondTheLimit() {
        var limits = new PolicyLimits(100, 100, 100, 100, 100, 100, 1);
        var policy = Ask.policy(section(group("Read-Only Root Filesystem", "false")));

        var said = PolicyEvaluator.compile(List.of(policy), limits).evaluate(TWO_CONTAINERS, NOW);

        assertThat(said.violations()).hasSize(1);
        assertThat(said.omitted()).isEqualTo(1);
    }

    private static Exclusion exclusion(String workload, @Nullable String namespace, @Nullable Instant expiresAt) {
        var scope = namespace == null ? null : new PolicyScope(null, namespace, null, null, null);
        return new Exclusion("", workload, scope, null, expiresAt);
    }

    private static Policy with(List<PolicyScope> scopes, List<Exclusion> exclusions) {
        return new Policy(
                PRIVILEGED.id(),
                PRIVILEGED.name(),
                "",
                "",
                "",
                false,
                PRIVILEGED.severity(),
                PRIVILEGED.categories(),
                PRIVILEGED.stages(),
                PRIVILEGED.eventSource(),
                PRIVILEGED.sections(),
                scopes,
                exclusions,
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
