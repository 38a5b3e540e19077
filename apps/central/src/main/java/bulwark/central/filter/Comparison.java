package bulwark.central.filter;

/// How a field's value is held against the one in the filter.
enum Comparison {
    EQUAL(""),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /// The comparison that the text at an index begins with.
    static Comparison at(String text, int index) {
        if (text.startsWith(">=", index)) return GREATER_OR_EQUAL;
        if (text.startsWith("<=", index)) return LESS_OR_EQUAL;
        if (text.startsWith(">", index)) return GREATER;
        if (text.startsWith("<", index)) return LESS;
        return EQUAL;
    }
}
