package bulwark.central.filter;

import java.util.List;

/// One value of a term: the pieces between its `*`, so a single piece is the text itself. `position` is where it
/// stands in the filter.
record FilterValue(Comparison comparison, List<String> pieces, int position) {
    FilterValue {
        pieces = List.copyOf(pieces);
    }

    boolean isPattern() {
        return pieces.size() > 1;
    }

    /// The value as it was written, quotes removed.
    String text() {
        return String.join("*", pieces);
    }

    /// The value as an operand of SQL's `like` with `!` as the escape.
    String like() {
        return String.join("%", pieces.stream().map(FilterValue::escaped).toList());
    }

    static String escaped(String literal) {
        return literal.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
