package bulwark.kubernetes;

import java.math.BigDecimal;
import java.util.OptionalDouble;

/// Kubernetes' way to write amounts: `100m`, `1.5Gi`, `2e3`.
/// Grammar: <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>
final class Quantity {
    private static final int LONGEST = 64;
    private static final int LARGEST_EXPONENT = 999;

    private Quantity() {}

    /// The amount, or empty where the text is none.
    static OptionalDouble parse(String text) {
        int digits = 0;
        int end = 0;
        if (text.length() > LONGEST) return OptionalDouble.empty();
        if (end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) end++;
        boolean point = false;
        for (; end < text.length(); end++) {
            char c = text.charAt(end);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) return OptionalDouble.empty();
        return scale(new BigDecimal(text.substring(0, end)), text.substring(end));
    }

    private static OptionalDouble scale(BigDecimal number, String suffix) {
        return switch (suffix) {
            case "" -> decimal(number, 0);
            case "n" -> decimal(number, -9);
            case "u" -> decimal(number, -6);
            case "m" -> decimal(number, -3);
            case "k" -> decimal(number, 3);
            case "M" -> decimal(number, 6);
            case "G" -> decimal(number, 9);
            case "T" -> decimal(number, 12);
            case "P" -> decimal(number, 15);
            case "E" -> decimal(number, 18);
            case "Ki" -> binary(number, 10);
            case "Mi" -> binary(number, 20);
            case "Gi" -> binary(number, 30);
            case "Ti" -> binary(number, 40);
            case "Pi" -> binary(number, 50);
            case "Ei" -> binary(number, 60);
            default -> exponent(number, suffix);
        };
    }

    private static OptionalDouble exponent(BigDecimal number, String suffix) {
        if (suffix.length() < 2 || (suffix.charAt(0) != 'e' && suffix.charAt(0) != 'E')) {
            return OptionalDouble.empty();
        }
        int from = suffix.charAt(1) == '+' || suffix.charAt(1) == '-' ? 2 : 1;
        if (from == suffix.length()) return OptionalDouble.empty();
        int exponent = 0;
        for (int i = from; i < suffix.length(); i++) {
            char c = suffix.charAt(i);
            if (c < '0' || c > '9') return OptionalDouble.empty();
            exponent = Math.min(exponent * 10 + (c - '0'), LARGEST_EXPONENT);
        }
        return decimal(number, suffix.charAt(1) == '-' ? -exponent : exponent);
    }

    private static OptionalDouble decimal(BigDecimal number, int exponent) {
        return bounded(number.scaleByPowerOfTen(exponent).doubleValue());
    }

    private static OptionalDouble binary(BigDecimal number, int exponent) {
        return bounded(number.doubleValue() * (1L << exponent));
    }

    /// The API server keeps no amount beyond 64 bits; it takes the largest instead.
    private static OptionalDouble bounded(double value) {
        return OptionalDouble.of(Math.clamp(value, (double) Long.MIN_VALUE, (double) Long.MAX_VALUE));
    }
}
