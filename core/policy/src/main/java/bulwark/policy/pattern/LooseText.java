package bulwark.policy.pattern;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// The comparison of the few criteria whose values are not patterns: by default the text begins so, without regard
/// to case; `"…"` is the whole text, `r/…` a pattern, and one `!` before any of them its opposite. `g/…`, which is a
/// glob to StackRox, is refused: nobody reads one yet.
public final class LooseText {
    private static final String OPPOSITE = "!";

    private LooseText() {}

    /// Why a text cannot be compared with; empty where it can.
    public static Optional<String> problem(String text, Patterns patterns) {
        String value = withoutOpposite(text);
        if (value.startsWith("g/"))
            return Optional.of("no glob (g/), which this version cannot match; write r/ and a pattern");
        return value.startsWith("r/") ? patterns.problem(value) : patterns.lengthProblem(value);
    }

    /// How to compare with this value.
    public static Predicate<String> compile(String text, Patterns patterns) {
        Predicate<String> comparison = plain(withoutOpposite(text), patterns);
        return text.startsWith(OPPOSITE) ? comparison.negate() : comparison;
    }

    private static String withoutOpposite(String text) {
        return text.startsWith(OPPOSITE) ? text.substring(OPPOSITE.length()) : text;
    }

    private static Predicate<String> plain(String text, Patterns patterns) {
        if (text.startsWith("r/")) return patterns.compile(text)::matches;
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            String whole = text.substring(1, text.length() - 1);
            return found -> found.equalsIgnoreCase(whole);
        }
        String beginning = text.toLowerCase(Locale.ROOT);
        return found -> found.toLowerCase(Locale.ROOT).startsWith(beginning);
    }
}
