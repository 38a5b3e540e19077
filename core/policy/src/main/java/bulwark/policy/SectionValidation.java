package bulwark.policy;

import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicySection;
import bulwark.policy.criterion.Combination;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.pattern.Patterns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is wrong with one section: its criteria, their values, and whether they belong to the policy's stages.
final class SectionValidation {
    private final Policy policy;
    private final String path;
    private final PolicyLimits limits;
    private final Patterns patterns;
    private final boolean strict;
    private final List<Problem> problems = new ArrayList<>();

    SectionValidation(Policy policy, String path, PolicyLimits limits, Patterns patterns, boolean strict) {
        this.policy = policy;
        this.path = path;
        this.limits = limits;
        this.patterns = patterns;
        this.strict = strict;
    }

    List<Problem> of(PolicySection section) {
        if (section.groups().isEmpty()) add(path + ".groups", "at least one criterion", "none");
        if (section.groups().size() > limits.maxGroups()) {
            add(
                    path + ".groups",
                    "at most " + limits.maxGroups(),
                    Integer.toString(section.groups().size()));
            return problems;
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < section.groups().size(); i++) {
            PolicyGroup group = section.groups().get(i);
            String groupPath = path + ".groups[" + i + "]";
            if (!seen.add(group.field())) add(groupPath + ".field", "each criterion once in a section", group.field());
            Criteria.described(group.field())
                    .ifPresentOrElse(
                            description -> check(groupPath, group, description),
                            () -> add(groupPath + ".field", "the name of a criterion", group.field()));
        }
        checkCapabilities(section);
        return problems;
    }

    private void check(String groupPath, PolicyGroup group, Description description) {
        if (Criteria.named(group.field()).isEmpty()) {
            add(
                    groupPath + ".field",
                    "a criterion that this version can evaluate (known, but not built yet)",
                    group.field());
        }
        if (group.negate() && !description.negatable()) {
            add(groupPath + ".negate", "no negation of " + group.field(), "true");
        }
        checkValues(groupPath, group, description);
        checkStage(groupPath, group.field(), description);
    }

    private void checkValues(String groupPath, PolicyGroup group, Description description) {
        int count = group.values().size();
        if (count == 0) add(groupPath + ".values", "at least one", "none");
        if (count > limits.maxValues()) {
            add(groupPath + ".values", "at most " + limits.maxValues(), Integer.toString(count));
            return;
        }
        if (count > 1 && description.combination() == Combination.ONE) {
            add(groupPath + ".values", "one value", String.join(", ", group.values()));
        }
        if (group.operator() == PolicyGroup.Operator.AND && description.combination() == Combination.OR) {
            add(groupPath + ".operator", "OR", "AND");
        }
        Grammar saved = description.grammar().under(policy.eventSource());
        Grammar grammar = strict ? saved : saved.lenient();
        for (int i = 0; i < count; i++) {
            String value = group.values().get(i);
            String valuePath = groupPath + ".values[" + i + "]";
            grammar.problem(value, patterns).ifPresent(expected -> add(valuePath, expected, value));
        }
    }

    private void checkStage(String groupPath, String field, Description description) {
        for (LifecycleStage stage : policy.stages()) {
            if (!description.stages().contains(stage)) {
                add(groupPath + ".field", "a criterion of the stage " + stage, field);
            }
        }
        EventSource source = policy.eventSource();
        Set<EventSource> sources = description.eventSources();
        boolean besideEvents = source == EventSource.DEPLOYMENT_EVENT && sources.contains(EventSource.NOT_APPLICABLE);
        if (!sources.contains(source) && !besideEvents && policy.stages().contains(LifecycleStage.RUNTIME)) {
            add(groupPath + ".field", "a criterion of the event source " + source, field);
        }
    }

    private void checkCapabilities(PolicySection section) {
        var added = new HashSet<String>();
        var dropped = new HashSet<String>();
        for (PolicyGroup group : section.groups()) {
            if (group.field().equals("Add Capabilities")) added.addAll(group.values());
            if (group.field().equals("Drop Capabilities")) dropped.addAll(group.values());
        }
        added.retainAll(dropped);
        for (String capability : added) {
            add(path + ".groups", "a capability either added or dropped, not both", capability);
        }
    }

    private void add(String field, String expected, String came) {
        problems.add(new Problem(field, expected, came));
    }
}
