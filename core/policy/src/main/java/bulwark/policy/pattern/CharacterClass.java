package bulwark.policy.pattern;

/// Where a class in brackets (`[^a-z]`) ends in a regex, as RE2 reads it: a reader that loses its place there takes
/// what comes after for something else.
final class CharacterClass {
    private CharacterClass() {}

    /// The place after the class that begins here; after the pattern's end where nothing closes it, which RE2
    /// refuses. A `]` right after the opening or its `^` belongs to the class, as does `[:name:]` in it.
    static int end(String pattern, int start) {
        int at = start + 1;
        if (at < pattern.length() && pattern.charAt(at) == '^') at++;
        if (at < pattern.length() && pattern.charAt(at) == ']') at++;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            if (pattern.charAt(at) == '\\') at++;
            else if (pattern.startsWith("[:", at)) at = Math.max(at, pattern.indexOf(":]", at) + 1);
            at++;
        }
        return at + 1;
    }
}
