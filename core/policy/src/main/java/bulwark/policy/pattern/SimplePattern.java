package bulwark.policy.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plain shapes that most patterns have, matched without a regex engine: literals, `.` for one character, `.*`
/// for any text, and alternatives of these, in one pair of parentheses or none.
///
/// Only for texts of ASCII without line feeds: there, comparing letters by their lower case is what RE2 does too.
final class SimplePattern {
    private static final char ANY = '\uffff';

    private final Alternative[] alternatives;

    private SimplePattern(Alternative[] alternatives) {
        this.alternatives = alternatives;
    }

    /// Reads a pattern, or says that it is not of a plain shape.
    static @Nullable SimplePattern parse(String pattern) {
        String body = pattern;
        if (body.startsWith("(?:") && body.endsWith(")") && !body.endsWith("\\)")) {
            body = body.substring(3, body.length() - 1);
        } else if (body.startsWith("(") && body.endsWith(")") && !body.endsWith("\\)")) {
            body = body.substring(1, body.length() - 1);
        }
        var alternatives = new ArrayList<Alternative>();
        var builder = new Builder();
        int at = 0;
        while (at < body.length()) {
            if (body.charAt(at) == '|') {
                alternatives.add(builder.build());
                builder = new Builder();
                at++;
                continue;
            }
            at = builder.take(body, at);
            if (at < 0) return null;
        }
        alternatives.add(builder.build());
        return new SimplePattern(alternatives.toArray(Alternative[]::new));
    }

    /// Whether the matcher may judge this text; others are left to the regex engine.
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 126 || c == '\n') return false;
        }
        return true;
    }

    boolean matches(String text) {
        for (Alternative alternative : alternatives) {
            if (alternative.matches(text)) return true;
        }
        return false;
    }

    /// Pieces of text with `.*` between them, and before and after where said so.
    private static final class Alternative {
        private final char[][] pieces;
        private final boolean openStart;
        private final boolean openEnd;

        Alternative(char[][] pieces, boolean openStart, boolean openEnd) {
            this.pieces = pieces;
            this.openStart = openStart;
            this.openEnd = openEnd;
        }

        boolean matches(String text) {
            int count = pieces.length;
            if (count == 0) return openStart || text.isEmpty();
            int first = 0;
            int from = 0;
            int end = text.length();
            if (!openStart) {
                if (!at(text, 0, pieces[0])) return false;
                from = pieces[0].length;
                if (count == 1) return openEnd || from == end;
                first = 1;
            }
            int last = count;
            if (!openEnd) {
                last = count - 1;
                int start = end - pieces[last].length;
                if (start < from || !at(text, start, pieces[last])) return false;
                end = start;
            }
            for (int i = first; i < last; i++) {
                int found = find(text, from, end, pieces[i]);
                if (found < 0) return false;
                from = found + pieces[i].length;
            }
            return true;
        }

        private static int find(String text, int from, int end, char[] piece) {
            for (int start = from; start + piece.length <= end; start++) {
                if (at(text, start, piece)) return start;
            }
            return -1;
        }

        private static boolean at(String text, int start, char[] piece) {
            if (start < 0 || start + piece.length > text.length()) return false;
            for (int i = 0; i < piece.length; i++) {
                char wanted = piece[i];
                if (wanted != ANY && wanted != lower(text.charAt(start + i))) return false;
            }
            return true;
        }
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private static final class Builder {
        private final List<char[]> pieces = new ArrayList<>();
        private final StringBuilder current = new StringBuilder();
        private boolean openStart;
        private boolean openEnd;

        /// Takes the next element and returns where the one after it begins; negative where it is not plain.
        int take(String body, int at) {
            char c = body.charAt(at);
            int next = at + 1;
            if (c == '.' && next < body.length() && body.charAt(next) == '*') {
                star();
                return isQuantifier(body, next + 1) ? -1 : next + 1;
            }
            char literal;
            if (c == '.') {
                literal = ANY;
            } else if (c == '\\') {
                if (next >= body.length() || !isPunctuation(body.charAt(next))) return -1;
                literal = body.charAt(next++);
            } else if (c > 126 || "()[]{}^$*+?".indexOf(c) >= 0) {
                return -1;
            } else {
                literal = lower(c);
            }
            if (isQuantifier(body, next)) return -1;
            current.append(literal);
            openEnd = false;
            return next;
        }

        private void star() {
            if (!current.isEmpty()) {
                pieces.add(current.toString().toCharArray());
                current.setLength(0);
            }
            if (pieces.isEmpty()) openStart = true;
            openEnd = true;
        }

        Alternative build() {
            if (!current.isEmpty()) pieces.add(current.toString().toCharArray());
            return new Alternative(pieces.toArray(char[][]::new), openStart, openEnd);
        }

        private static boolean isQuantifier(String body, int at) {
            return at < body.length() && "*+?{".indexOf(body.charAt(at)) >= 0;
        }

        private static boolean isPunctuation(char c) {
            return c > 32 && c < 127 && !Character.isLetterOrDigit(c);
        }
    }
}
