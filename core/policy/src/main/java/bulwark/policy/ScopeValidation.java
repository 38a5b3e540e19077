package bulwark.policy;

import bulwark.model.policy.EventSource;
import bulwark.model.policy.Exclusion;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyScope;
import bulwark.policy.pattern.Patterns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with where a policy applies: its scopes and exclusions.
final class ScopeValidation {
    private final Policy policy;
    private final PolicyLimits limits;
    private final Patterns patterns;
    private final List<Problem> problems = new ArrayList<>();

    ScopeValidation(Policy policy, PolicyLimits limits, Patterns patterns) {
        this.policy = policy;
        this.limits = limits;
        this.patterns = patterns;
    }

    List<Problem> problems() {
        int count = policy.scopes().size() + policy.exclusions().size();
        if (count > limits.maxScopes()) {
            add("scopes", "at most " + limits.maxScopes() + " together with exclusions", Integer.toString(count));
            return problems;
        }
        for (int i = 0; i < policy.scopes().size(); i++)
            check("scopes[" + i + "]", policy.scopes().get(i));
        for (int i = 0; i < policy.exclusions().size(); i++) {
            check("exclusions[" + i + "]", policy.exclusions().get(i));
        }
        return problems;
    }

    private void check(String path, Exclusion exclusion) {
        PolicyScope scope = exclusion.scope();
        boolean ofWorkloads = exclusion.workload() != null || scope != null;
        if (!ofWorkloads && exclusion.image() == null) add(path, "a workload, a scope or an image", "none");
        if (exclusion.workload() == null && scope != null && saysNothing(scope)) {
            add(path + ".scope", "a part that is given: an empty scope would exclude everything", "none");
        }
        if (exclusion.image() != null && !policy.stages().contains(LifecycleStage.BUILD)) {
            add(path + ".image", "no image, since the stage is not BUILD", exclusion.image());
        }
        if (ofWorkloads
                && !policy.stages().contains(LifecycleStage.DEPLOY)
                && !policy.stages().contains(LifecycleStage.RUNTIME)) {
            add(path, "an image, since the stage is BUILD", "a workload or scope");
        }
        if (policy.eventSource() == EventSource.AUDIT_LOG_EVENT && exclusion.workload() != null) {
            add(path + ".workload", "none, since the audit log knows no workloads", exclusion.workload());
        }
        pattern(path + ".workload", exclusion.workload());
        if (scope == null) return;
        check(path + ".scope", scope);
        if (scope.clusterLabel() != null || scope.namespaceLabel() != null) {
            add(path + ".scope", "no labels of clusters or namespaces in an exclusion", "a label");
        }
    }

    private static boolean saysNothing(PolicyScope scope) {
        return scope.cluster() == null
                && scope.namespace() == null
                && scope.label() == null
                && scope.clusterLabel() == null
                && scope.namespaceLabel() == null;
    }

    private void check(String path, PolicyScope scope) {
        pattern(path + ".namespace", scope.namespace());
        label(path + ".label", scope.label());
        label(path + ".clusterLabel", scope.clusterLabel());
        label(path + ".namespaceLabel", scope.namespaceLabel());
        if (scope.cluster() != null && scope.clusterLabel() != null) {
            add(path, "a cluster or a label of clusters", "both");
        }
        if (scope.namespace() != null && scope.namespaceLabel() != null) {
            add(path, "a namespace or a label of namespaces", "both");
        }
        if (policy.eventSource() == EventSource.AUDIT_LOG_EVENT && scope.label() != null) {
            add(
                    path + ".label",
                    "none, since the audit log knows no workloads",
                    scope.label().key());
        }
    }

    private void label(String path, PolicyScope.@Nullable Label label) {
        if (label == null) return;
        pattern(path + ".key", label.key());
        pattern(path + ".value", label.value());
    }

    private void pattern(String path, @Nullable String pattern) {
        if (pattern != null) patterns.problem(pattern).ifPresent(expected -> add(path, expected, pattern));
    }

    private void add(String field, String expected, @Nullable String came) {
        problems.add(new Problem(field, expected, String.valueOf(came)));
    }
}
