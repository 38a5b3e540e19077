package bulwark.policy;

import bulwark.model.policy.EnforcementAction;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicySection;
import bulwark.policy.pattern.Patterns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What is wrong with a policy, before it is saved: every problem at once, each with its field.
public final class PolicyValidation {
    private static final int MIN_NAME = 5;
    private static final int MAX_NAME = 128;
    private static final int MAX_DESCRIPTION = 800;

    private final Policy policy;
    private final PolicyLimits limits;
    private final Patterns patterns;
    private final List<Problem> problems = new ArrayList<>();

    private PolicyValidation(Policy policy, PolicyLimits limits, Patterns patterns) {
        this.policy = policy;
        this.limits = limits;
        this.patterns = patterns;
    }

    /// All problems of a policy, within the usual limits; empty where it can be saved.
    public static List<Problem> of(Policy policy) {
        var limits = PolicyLimits.USUAL;
        var patterns = new Patterns(limits.maxPatternLength(), limits.maxPatternSize());
        var validation = new PolicyValidation(policy, limits, patterns);
        validation.checkWords();
        validation.checkStages();
        validation.checkMatching(true);
        validation.checkEnforcement();
        return List.copyOf(validation.problems);
    }

    /// The problems that stand in the way of evaluating a policy: sections, scopes and exclusions. Values that are
    /// only refused when they are saved anew are no such problems.
    static List<Problem> ofMatching(Policy policy, PolicyLimits limits, Patterns patterns) {
        var validation = new PolicyValidation(policy, limits, patterns);
        validation.checkMatching(false);
        return List.copyOf(validation.problems);
    }

    private void checkWords() {
        String name = policy.name();
        if (name.length() < MIN_NAME || name.length() > MAX_NAME || hasLineBreak(name) || name.indexOf('$') >= 0) {
            add("name", MIN_NAME + " to " + MAX_NAME + " characters without line breaks or $", name);
        }
        String description = policy.description();
        if (description.length() > MAX_DESCRIPTION || description.indexOf('$') >= 0) {
            add("description", "at most " + MAX_DESCRIPTION + " characters without $", description);
        }
        if (policy.categories().isEmpty()) add("categories", "at least one", "none");
        var seen = new HashSet<String>();
        for (int i = 0; i < policy.categories().size(); i++) {
            String category = policy.categories().get(i);
            if (category.isBlank()) add("categories[" + i + "]", "a name", category);
            if (!seen.add(category)) add("categories[" + i + "]", "each category once", category);
        }
    }

    private void checkStages() {
        var stages = policy.stages();
        if (stages.isEmpty()) add("stages", "at least one", "none");
        boolean runtime = stages.contains(LifecycleStage.RUNTIME);
        boolean earlier = stages.contains(LifecycleStage.BUILD) || stages.contains(LifecycleStage.DEPLOY);
        if (runtime && earlier) add("stages", "RUNTIME alone, or BUILD and DEPLOY", stages.toString());
        boolean hasSource = policy.eventSource() != EventSource.NOT_APPLICABLE;
        if (runtime && !hasSource) {
            add(
                    "eventSource",
                    "a source of events, since the stage is RUNTIME",
                    policy.eventSource().name());
        }
        if (earlier && hasSource) {
            add(
                    "eventSource",
                    "NOT_APPLICABLE, since the stage is not RUNTIME",
                    policy.eventSource().name());
        }
    }

    private void checkMatching(boolean strict) {
        if (policy.sections().isEmpty()) add("sections", "at least one", "none");
        if (policy.sections().size() > limits.maxSections()) {
            add(
                    "sections",
                    "at most " + limits.maxSections(),
                    Integer.toString(policy.sections().size()));
            return;
        }
        for (int i = 0; i < policy.sections().size(); i++) {
            PolicySection section = policy.sections().get(i);
            problems.addAll(new SectionValidation(policy, "sections[" + i + "]", limits, patterns, strict).of(section));
        }
        problems.addAll(EventValidation.of(policy));
        problems.addAll(new ScopeValidation(policy, limits, patterns).problems());
    }

    private void checkEnforcement() {
        if (policy.enforcementActions().isEmpty()) return;
        for (PolicySection section : policy.sections()) {
            for (var group : section.groups()) {
                if (group.field().equals("Has Ingress Network Policy")
                        || group.field().equals("Has Egress Network Policy")) {
                    add("enforcementActions", "none with the criterion " + group.field(), actions());
                }
            }
        }
        if (policy.eventSource() == EventSource.AUDIT_LOG_EVENT) {
            add("enforcementActions", "none, since an entry of the audit log is about the past", actions());
        }
    }

    private String actions() {
        return String.join(
                ", ",
                policy.enforcementActions().stream()
                        .map(EnforcementAction::name)
                        .toList());
    }

    private void add(String field, String expected, String came) {
        problems.add(new Problem(field, expected, came));
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
