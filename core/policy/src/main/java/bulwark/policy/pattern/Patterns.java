package bulwark.policy.pattern;

import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Compiles the patterns of many policies within limits, each text once. Not for use by several threads.
public final class Patterns {
    private final int maxLength;
    private final int maxSize;
    private final Map<String, TextPattern> known = new HashMap<>();

    /// Limits are the length of the text and the size once counted repetitions are written out.
    public Patterns(int maxLength, int maxSize) {
        this.maxLength = maxLength;
        this.maxSize = maxSize;
    }

    /// Why a text cannot be a pattern; empty where it can.
    public Optional<String> problem(String text) {
        String pattern = withoutMark(text);
        if (known.containsKey(pattern)) return Optional.empty();
        var tooLong = lengthProblem(pattern);
        if (tooLong.isPresent()) return tooLong;
        if (PatternSize.of(pattern) > maxSize) {
            return Optional.of("a pattern whose repetitions, written out, have at most " + maxSize + " parts");
        }
        try {
            known.put(pattern, new TextPattern(pattern));
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("a pattern in RE2 syntax (" + e.getDescription() + ")");
        }
    }

    /// Why a text is too long to be compared with, pattern or not.
    Optional<String> lengthProblem(String text) {
        return text.length() > maxLength
                ? Optional.of("a pattern of at most " + maxLength + " characters")
                : Optional.empty();
    }

    /// The pattern that a text is; `r/` before it, as StackRox writes some, is left out.
    public TextPattern compile(String text) {
        var problem = problem(text);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("expected " + problem.get() + ", came: " + text);
        }
        TextPattern found = known.get(withoutMark(text));
        if (found == null) throw new IllegalStateException("pattern compiled but not kept: " + text);
        return found;
    }

    private static String withoutMark(String text) {
        return text.startsWith("r/") ? text.substring(2) : text;
    }
}
