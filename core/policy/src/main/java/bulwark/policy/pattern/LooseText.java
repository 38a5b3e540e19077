package bulwark.policy.pattern;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// The comparison of the few criteria whose values are not patterns: by default the text begins so, without regard
/// to case; `"…"` is the whole text, `r/…` a pattern, and `!` before any of them its opposite.
public final class LooseText {
    private LooseText() {}

    /// Why a text cannot be compared with; empty where it can.
    public static Optional<String> problem(String text, Patterns patterns) {
        String value = text.startsWith("!") ? text.substring(1) : text;
        return value.startsWith("r/") ? patterns.problem(value) : Optional.empty();
    }

    /// How to compare with this value.
    public static Predicate<String> compile(String text, Patterns patterns) {
        if (text.startsWith("!")) return compile(text.substring(1), patterns).negate();
        if (text.startsWith("r/")) return patterns.compile(text)::matches;
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            String whole = text.substring(1, text.length() - 1);
            return found -> found.equalsIgnoreCase(whole);
        }
        String beginning = text.toLowerCase(Locale.ROOT);
        return found -> found.toLowerCase(Locale.ROOT).startsWith(beginning);
    }
}
