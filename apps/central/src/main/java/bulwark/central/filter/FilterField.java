package bulwark.central.filter;

import org.jooq.Condition;

/// What a field of the filter language means in a list's SQL.
@FunctionalInterface
public interface FilterField {
    /// Rows whose field is the value.
    Condition is(FilterValue value) throws FilterException;
}
