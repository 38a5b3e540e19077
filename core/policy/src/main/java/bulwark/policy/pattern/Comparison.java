package bulwark.policy.pattern;

import java.util.Optional;

/// A number with how to compare: `< 0.5`, `>=3`; without an operator it means equal.
public record Comparison(Operator operator, double number) {
    /// How the value found stands to the number.
    public enum Operator {
        LESS,
        LESS_OR_EQUAL,
        EQUAL,
        GREATER_OR_EQUAL,
        GREATER
    }

    /// Reads `<`, `>`, `<=`, `>=` or nothing, blanks, then digits with at most one point before the last of them.
    public static Optional<Comparison> parse(String text) {
        int at = 0;
        Operator operator = Operator.EQUAL;
        if (text.startsWith("<=")) {
            operator = Operator.LESS_OR_EQUAL;
            at = 2;
        } else if (text.startsWith(">=")) {
            operator = Operator.GREATER_OR_EQUAL;
            at = 2;
        } else if (text.startsWith("<")) {
            operator = Operator.LESS;
            at = 1;
        } else if (text.startsWith(">")) {
            operator = Operator.GREATER;
            at = 1;
        }
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        String digits = text.substring(at);
        return isDecimal(digits) ? Optional.of(new Comparison(operator, Double.parseDouble(digits))) : Optional.empty();
    }

    /// Whether a value found compares so.
    public boolean test(double found) {
        return switch (operator) {
            case LESS -> found < number;
            case LESS_OR_EQUAL -> found <= number;
            case EQUAL -> found == number;
            case GREATER_OR_EQUAL -> found >= number;
            case GREATER -> found > number;
        };
    }

    private static boolean isDecimal(String text) {
        if (text.isEmpty() || text.length() > 40 || text.charAt(text.length() - 1) == '.') return false;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') points++;
            else if (c < '0' || c > '9') return false;
        }
        return points <= 1;
    }
}
