package bulwark.cli.output;

import java.util.stream.Collectors;

/// Text from elsewhere made fit for a terminal: what would move its cursor, colour it or turn its direction shows as
/// U+FFFD, so that a name from a cluster can neither rewrite nor forge what a person reads.
public final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    /// As one line: line breaks show too.
    public static String line(String text) {
        if (text.chars().noneMatch(PlainText::isHarmful)) return text;
        var plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(isHarmful(c) ? REPLACEMENT : (char) c));
        return plain.toString();
    }

    /// With its line breaks.
    public static String lines(String text) {
        return text.lines().map(PlainText::line).collect(Collectors.joining("\n"));
    }

    private static boolean isHarmful(int c) {
        return Character.isISOControl(c) || isDirection(c) || c == '\u2028' || c == '\u2029';
    }

    /// Marks by which text runs the other way (<https://unicode.org/reports/tr9/>).
    private static boolean isDirection(int c) {
        return (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200E'
                || c == '\u200F'
                || c == '\u061C';
    }
}
