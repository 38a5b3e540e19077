package bulwark.wire;

/// Text that can be stored and sent wherever Bulwark keeps it. JSON and YAML can write NUL and halves of surrogate
/// pairs; PostgreSQL's `jsonb` refuses the first and UTF-8 has no form for the second, so that one annotation of one
/// object could stop a whole inventory. Both become U+FFFD, as Kubernetes does with what is no Unicode.
final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) return repaired(text);
        }
        return text;
    }

    private static String repaired(String text) {
        var repaired = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                repaired.append(c).append(text.charAt(++i));
            } else {
                repaired.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return repaired.toString();
    }
}
