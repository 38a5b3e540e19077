package bulwark.central.inventory;

/// Makes a JSON text fit for PostgreSQL, which refuses two things that JSON allows: the NUL character and halves of
/// surrogate pairs. Both become U+FFFD; everything else, unknown fields included, stays as it came.
final class StoredText {
    private static final String REPLACEMENT = "\\ufffd";

    private StoredText() {}

    static String of(String json) {
        if (json.indexOf("\\u") < 0) return json;
        StringBuilder changed = null;
        int copied = 0;
        int at = 0;
        while (at < json.length() - 1) {
            if (json.charAt(at) != '\\') {
                at++;
            } else if (json.charAt(at + 1) != 'u') {
                at += 2;
            } else {
                int unit = unit(json, at);
                boolean pair = unit >= 0 && Character.isHighSurrogate((char) unit) && isLow(unit(json, at + 6));
                if (!pair && unit >= 0 && (unit == 0 || Character.isSurrogate((char) unit))) {
                    if (changed == null) changed = new StringBuilder(json.length());
                    changed.append(json, copied, at).append(REPLACEMENT);
                    copied = at + 6;
                }
                at += pair ? 12 : 6;
            }
        }
        return changed == null
                ? json
                : changed.append(json, copied, json.length()).toString();
    }

    private static boolean isLow(int unit) {
        return unit >= 0 && Character.isLowSurrogate((char) unit);
    }

    /// The UTF-16 unit that `\\uXXXX` at this place stands for; -1 where no such escape stands there.
    private static int unit(String json, int at) {
        if (at + 6 > json.length() || json.charAt(at) != '\\' || json.charAt(at + 1) != 'u') return -1;
        int value = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(json.charAt(i), 16);
            if (digit < 0) return -1;
            value = value * 16 + digit;
        }
        return value;
    }
}
