package bulwark.central.filter;

import java.util.List;

/// One term of a filter: a field and the values of which one must (or, negated, none may) hold. The field is empty for
/// a word searched in the list's names.
record FilterTerm(String field, boolean negated, List<FilterValue> values, int position) {
    FilterTerm {
        values = List.copyOf(values);
    }
}
