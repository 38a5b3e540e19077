package bulwark.policy.criterion;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.part.Part;
import bulwark.policy.pattern.Comparison;
import bulwark.policy.pattern.LooseText;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.Ternary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The conditions that most criteria are: how the values of a group combine, and its negation, are the same for all.
/// A value that is absent (null, not a number) meets no condition, a negated one neither.
public final class Conditions {
    private Conditions() {}

    /// A yes or no.
    public static <P extends Part> Condition<P> flag(PolicyGroup group, Predicate<P> value) {
        boolean wanted = Boolean.parseBoolean(group.values().getFirst()) != group.negate();
        return part -> Ternary.of(value.test(part) == wanted);
    }

    /// A text, by patterns.
    public static <P extends Part> Condition<P> text(
            PolicyGroup group, Patterns patterns, Function<P, @Nullable String> value) {
        return value(group, tests(group, text -> patterns.compile(text)::matches), value);
    }

    /// A text, by its beginning.
    public static <P extends Part> Condition<P> beginning(
            PolicyGroup group, Patterns patterns, Function<P, @Nullable String> value) {
        return value(group, tests(group, text -> LooseText.compile(text, patterns)), value);
    }

    /// One of several words, without regard to case.
    public static <P extends Part> Condition<P> choice(PolicyGroup group, Function<P, @Nullable String> value) {
        return value(group, tests(group, text -> text::equalsIgnoreCase), value);
    }

    /// Words of which a list must have one, or all, without regard to case.
    public static <P extends Part> Condition<P> listed(PolicyGroup group, Function<P, @Nullable List<String>> value) {
        return value(group, tests(group, text -> found -> containsIgnoringCase(found, text)), value);
    }

    /// A number; NaN where there is none.
    public static <P extends Part> Condition<P> number(PolicyGroup group, ToDoubleFunction<P> value) {
        Comparison[] tests = group.values().stream()
                .map(text -> Comparison.parse(text).orElseThrow())
                .toArray(Comparison[]::new);
        boolean all = group.operator() == PolicyGroup.Operator.AND;
        boolean negate = group.negate();
        return part -> {
            double found = value.applyAsDouble(part);
            if (Double.isNaN(found)) return Ternary.FALSE;
            boolean holds = all;
            for (Comparison test : tests) {
                if (test.test(found) != all) {
                    holds = !all;
                    break;
                }
            }
            return Ternary.of(holds != negate);
        };
    }

    /// Entries that a map must have: one of them, or all.
    public static <P extends Part> Condition<P> entries(
            PolicyGroup group, Patterns patterns, Function<P, @Nullable Map<String, String>> value) {
        return value(group, tests(group, text -> contains(KeyValuePattern.of(text, patterns))), value);
    }

    /// A value of any type, by tests made from the group's values.
    public static <P extends Part, T> Condition<P> value(
            PolicyGroup group, List<Predicate<T>> tests, Function<P, @Nullable T> value) {
        boolean all = group.operator() == PolicyGroup.Operator.AND;
        boolean negate = group.negate();
        if (tests.size() == 1) {
            Predicate<T> only = tests.getFirst();
            return part -> {
                T found = value.apply(part);
                return found == null ? Ternary.FALSE : Ternary.of(only.test(found) != negate);
            };
        }
        return part -> {
            T found = value.apply(part);
            if (found == null) return Ternary.FALSE;
            boolean holds = all;
            for (int i = 0; i < tests.size(); i++) {
                if (tests.get(i).test(found) != all) {
                    holds = !all;
                    break;
                }
            }
            return Ternary.of(holds != negate);
        };
    }

    /// A test for each value of a group.
    public static <T> List<Predicate<T>> tests(PolicyGroup group, Function<String, Predicate<T>> test) {
        var tests = new ArrayList<Predicate<T>>(group.values().size());
        for (String text : group.values()) tests.add(test.apply(text));
        return List.copyOf(tests);
    }

    private static Predicate<Map<String, String>> contains(KeyValuePattern pattern) {
        return entries -> pattern.keyIn(entries) != null;
    }

    private static boolean containsIgnoringCase(List<String> list, String wanted) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).equalsIgnoreCase(wanted)) return true;
        }
        return false;
    }
}
