package bulwark.central.filter;

import java.util.ArrayList;
import java.util.List;

/// Reads the filter language: `field:value`, `field:a,b`, `-field:value`, `field:"with blanks"`, `field:>5`, `word`.
///
/// Within quotes a backslash takes the next character as it is; `*` stands for any text unless so taken.
final class FilterParser {
    private final String text;
    private final FilterLimits limits;
    private int at;
    private int valueCount;

    FilterParser(String text, FilterLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    Filter parse() throws FilterException {
        if (text.length() > limits.characters()) {
            throw new FilterException(
                    "filter", "has " + text.length() + " characters, at most " + limits.characters() + " are allowed");
        }
        int nul = text.indexOf(0);
        if (nul >= 0) throw FilterException.at(nul + 1, "the character NUL cannot be searched");
        var terms = new ArrayList<FilterTerm>();
        skipBlanks();
        while (at < text.length()) {
            if (terms.size() == limits.terms()) {
                throw FilterException.at(at + 1, "at most " + limits.terms() + " terms are allowed");
            }
            terms.add(term());
            skipBlanks();
        }
        return new Filter(terms);
    }

    private FilterTerm term() throws FilterException {
        int start = at;
        boolean negated = text.charAt(at) == '-';
        if (negated) at++;
        String field = field();
        if (!field.isEmpty()) at += field.length() + 1;
        var values = new ArrayList<FilterValue>();
        values.add(value(field));
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            values.add(value(field));
        }
        if (at < text.length() && !isBlank(text.charAt(at))) {
            throw FilterException.at(at + 1, "expected a blank or a comma after the quoted value");
        }
        return new FilterTerm(field, negated, values, start + 1);
    }

    /// The letters before a colon at the present place, or empty where a word stands.
    private String field() {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) end++;
        return end > at && end < text.length() && text.charAt(end) == ':' ? text.substring(at, end) : "";
    }

    private FilterValue value(String field) throws FilterException {
        if (++valueCount > limits.values()) {
            throw FilterException.at(at + 1, "at most " + limits.values() + " values are allowed");
        }
        int start = at;
        Comparison comparison = field.isEmpty() ? Comparison.EQUAL : Comparison.at(text, at);
        at += comparison.sign().length();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        List<String> pieces = quoted ? quotedPieces() : plainPieces();
        if (pieces.size() == 1 && pieces.getFirst().isEmpty()) {
            throw FilterException.at(start + 1, field.isEmpty() ? "expected a word" : "expected a value for " + field);
        }
        if (comparison != Comparison.EQUAL && pieces.size() > 1) {
            throw FilterException.at(start + 1, "a value after " + comparison.sign() + " takes no *");
        }
        return new FilterValue(comparison, pieces, start + 1);
    }

    private List<String> plainPieces() throws FilterException {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        while (at < text.length() && text.charAt(at) != ',' && !isBlank(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '"') throw FilterException.at(at + 1, "a quote can stand only at the beginning of a value");
            take(c, pieces, piece);
            at++;
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private List<String> quotedPieces() throws FilterException {
        int start = at++;
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                piece.append(text.charAt(++at));
            } else {
                take(text.charAt(at), pieces, piece);
            }
            at++;
        }
        if (at >= text.length()) throw FilterException.at(start + 1, "the quote is not closed");
        at++;
        pieces.add(piece.toString());
        return pieces;
    }

    private static void take(char c, List<String> pieces, StringBuilder piece) {
        if (c == '*') {
            pieces.add(piece.toString());
            piece.setLength(0);
        } else {
            piece.append(c);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) at++;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
