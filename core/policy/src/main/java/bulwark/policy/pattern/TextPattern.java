package bulwark.policy.pattern;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/// A pattern that a user wrote: RE2 syntax over the whole text, without regard to case. An empty one matches every
/// text. Matching takes time linear in the text, whatever the pattern; plain shapes skip the engine.
public final class TextPattern {
    private final String source;
    private final @Nullable SimplePattern simple;
    private final Pattern regex;
    private final String required;

    TextPattern(String source) {
        this.source = source;
        this.regex = Pattern.compile(source, Pattern.CASE_INSENSITIVE);
        this.simple = source.isEmpty() ? SimplePattern.parse(".*") : SimplePattern.parse(source);
        this.required = RequiredText.of(source);
    }

    /// Whether the whole text is of this pattern.
    public boolean matches(String text) {
        if (source.isEmpty()) return true;
        if (SimplePattern.isPlain(text)) {
            if (simple != null) return simple.matches(text);
            if (!contains(text, required)) return false;
        }
        return regex.matches(text);
    }

    /// The pattern as it was written.
    @Override
    public String toString() {
        return source;
    }

    private static boolean contains(String text, String lowerCase) {
        int last = text.length() - lowerCase.length();
        for (int at = 0; at <= last; at++) {
            if (text.regionMatches(true, at, lowerCase, 0, lowerCase.length())) return true;
        }
        return false;
    }
}
