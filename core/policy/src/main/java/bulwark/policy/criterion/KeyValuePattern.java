package bulwark.policy.criterion;

import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.TextPattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A `key=value` that labels or annotations are asked for: both sides are patterns, an empty one stands for any text.
public record KeyValuePattern(TextPattern key, TextPattern value) {
    /// Reads `key=value` or a key alone.
    public static KeyValuePattern of(String text, Patterns patterns) {
        int at = text.indexOf('=');
        return at < 0
                ? new KeyValuePattern(patterns.compile(text), patterns.compile(""))
                : new KeyValuePattern(
                        patterns.compile(text.substring(0, at)), patterns.compile(text.substring(at + 1)));
    }

    /// The first key whose entry is so.
    public @Nullable String keyIn(Map<String, String> entries) {
        for (var entry : entries.entrySet()) {
            if (key.matches(entry.getKey()) && value.matches(entry.getValue())) return entry.getKey();
        }
        return null;
    }
}
