package bulwark.wire;

import bulwark.kubernetes.Tree;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an unquoted YAML word means. Kubernetes' tools read YAML 1.1: `yes` and `on` are booleans there and `0644` is
/// octal. A reader that knew only YAML 1.2 would see `privileged: yes` as a text, and miss it.
final class YamlScalar {
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final int LONGEST_NUMBER = 100;

    private YamlScalar() {}

    static Tree resolve(String text, int line, int column) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> new Tree.Nothing(line, column);
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE" ->
                new Tree.Truth(true, line, column);
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE" ->
                new Tree.Truth(false, line, column);
            default -> {
                String number = number(text);
                yield number == null ? new Tree.Text(text, line, column) : new Tree.Numeral(number, line, column);
            }
        };
    }

    /// The number in decimal digits, or null where the word is none.
    private static @Nullable String number(String text) {
        char first = text.charAt(0);
        if ((first < '0' || first > '9') && first != '-' && first != '+' && first != '.') return null;
        if (text.length() > LONGEST_NUMBER) return null;
        String plain = text.replace("_", "");
        Long whole = whole(plain);
        if (whole != null) return whole.toString();
        if (!FLOAT.matcher(plain).matches()) return null;
        return plain.charAt(0) == '+' ? plain.substring(1) : plain;
    }

    private static @Nullable Long whole(String plain) {
        boolean isSigned = plain.startsWith("-") || plain.startsWith("+");
        String sign = plain.startsWith("-") ? "-" : "";
        String digits = isSigned ? plain.substring(1) : plain;
        try {
            if (digits.startsWith("0x") || digits.startsWith("0X")) return parse(sign, digits.substring(2), 16);
            if (digits.startsWith("0b") || digits.startsWith("0B")) return parse(sign, digits.substring(2), 2);
            if (digits.startsWith("0o") || digits.startsWith("0O")) return parse(sign, digits.substring(2), 8);
            if (digits.length() > 1 && digits.startsWith("0")) return parse(sign, digits.substring(1), 8);
            return parse(sign, digits, 10);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static Long parse(String sign, String digits, int radix) {
        if (digits.isEmpty() || digits.charAt(0) == '-' || digits.charAt(0) == '+') {
            throw new NumberFormatException("digits wanted");
        }
        return Long.valueOf(sign + digits, radix);
    }
}
