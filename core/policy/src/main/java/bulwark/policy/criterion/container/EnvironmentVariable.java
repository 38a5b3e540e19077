package bulwark.policy.criterion.container;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.part.VariablePart;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.TextPattern;
import java.util.function.Predicate;

/// An environment variable by where its value comes from, its name and, for plain values, the value.
public final class EnvironmentVariable implements Criterion<VariablePart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Environment Variable",
                        "The container has an environment variable of this source, name and value",
                        new Grammar.Variable(false))
                .notNegatable();
    }

    @Override
    public PartKind kind() {
        return PartKind.VARIABLE;
    }

    @Override
    public Condition<VariablePart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.value(group, Conditions.tests(group, text -> test(text, patterns)), variable -> variable);
    }

    @Override
    public Finding find(VariablePart variable, PolicyGroup group) {
        return variable.finding();
    }

    private static Predicate<VariablePart> test(String text, Patterns patterns) {
        String[] parts = text.split("=", 3);
        TextPattern source = patterns.compile(parts[0]);
        TextPattern name = patterns.compile(parts[1]);
        TextPattern value = patterns.compile(parts[2]);
        return variable -> source.matches(variable.source())
                && name.matches(variable.value().name())
                && value.matches(variable.value().value());
    }
}
