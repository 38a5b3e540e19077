package bulwark.policy.pattern;

/// The longest piece of text that every match of a regex must contain, as far as it is easily seen: texts without it
/// need not be given to the engine.
final class RequiredText {
    private final String pattern;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";

    private RequiredText(String pattern) {
        this.pattern = pattern;
    }

    /// Lower-case ASCII; empty where nothing is seen to be required.
    static String of(String pattern) {
        if (pattern.contains("\\Q")) return "";
        var required = new RequiredText(pattern);
        int at = 0;
        while (at >= 0 && at < pattern.length()) at = required.take(at);
        if (at < 0) return "";
        required.endRun();
        return required.longest;
    }

    /// Takes the element at this place and returns the next one's; negative where nothing is required.
    private int take(int at) {
        char c = pattern.charAt(at);
        return switch (c) {
            case '|', ')' -> -1;
            case '(' -> {
                endRun();
                yield afterGroup(at);
            }
            case '[' -> {
                endRun();
                yield CharacterClass.end(pattern, at);
            }
            case '{' -> {
                endRun();
                int end = pattern.indexOf('}', at);
                yield end < 0 ? -1 : end + 1;
            }
            case '.', '^', '$', '*', '+', '?' -> {
                endRun();
                yield at + 1;
            }
            case '\\' -> {
                if (at + 1 >= pattern.length()) yield -1;
                char escaped = pattern.charAt(at + 1);
                if (escaped > 126 || Character.isLetterOrDigit(escaped)) yield -1;
                yield literal(escaped, at + 2);
            }
            default -> literal(c, at + 1);
        };
    }

    private int literal(char c, int next) {
        boolean maybeAbsent = next < pattern.length() && "*?{".indexOf(pattern.charAt(next)) >= 0;
        if (maybeAbsent || c > 126) endRun();
        else run.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        return next;
    }

    private void endRun() {
        if (run.length() > longest.length()) longest = run.toString();
        run.setLength(0);
    }

    private int afterGroup(int start) {
        int depth = 0;
        int at = start;
        while (at < pattern.length()) {
            switch (pattern.charAt(at)) {
                case '\\' -> at++;
                case '[' -> at = CharacterClass.end(pattern, at) - 1;
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
            at++;
            if (depth == 0) return at;
        }
        return pattern.length();
    }
}
