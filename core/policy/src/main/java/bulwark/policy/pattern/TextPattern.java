package bulwark.policy.pattern;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/// A pattern that a user wrote: RE2 syntax over the whole text, without regard to case. An empty one matches every
/// text. Matching takes time linear in the text, whatever the pattern; plain shapes skip the engine.
public final class TextPattern {
    private static final String META = "\\.|()[]{}^$*+?";

    private final String source;
    private final @Nullable SimplePattern simple;
    private final Pattern regex;
    private final String prefix;

    TextPattern(String source) {
        this.source = source;
        this.regex = Pattern.compile("(?i:" + source + ")");
        this.simple = source.isEmpty() ? SimplePattern.parse(".*") : SimplePattern.parse(source);
        this.prefix = prefixOf(source);
    }

    /// Whether the whole text is of this pattern.
    public boolean matches(String text) {
        if (source.isEmpty()) return true;
        if (SimplePattern.isPlain(text)) {
            if (simple != null) return simple.matches(text);
            if (!text.regionMatches(true, 0, prefix, 0, prefix.length())) return false;
        }
        return regex.matches(text);
    }

    /// The pattern as it was written.
    @Override
    public String toString() {
        return source;
    }

    /// The letters that a matching text must begin with, where that is easily seen.
    private static String prefixOf(String source) {
        if (source.indexOf('|') >= 0) return "";
        int end = 0;
        while (end < source.length() && source.charAt(end) < 127 && META.indexOf(source.charAt(end)) < 0) end++;
        if (end < source.length() && end > 0 && "*+?{".indexOf(source.charAt(end)) >= 0) end--;
        return source.substring(0, end);
    }
}
