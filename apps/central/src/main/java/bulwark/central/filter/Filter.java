package bulwark.central.filter;

import java.util.List;

/// What a caller wants of a list: terms that must all hold.
public record Filter(List<FilterTerm> terms) {
    /// Selects everything.
    public static final Filter NONE = new Filter(List.of());

    public Filter {
        terms = List.copyOf(terms);
    }

    /// Reads `field:value` terms; the language is described in the API's contract.
    public static Filter parse(String text, FilterLimits limits) throws FilterException {
        return new FilterParser(text, limits).parse();
    }

    /// Whether a term speaks of the field.
    public boolean names(String field) {
        return terms.stream().anyMatch(term -> term.field().equals(field));
    }
}
