package bulwark.central.filter;

import java.util.List;
import org.jooq.Field;

/// A name to sort a list by: its columns, none of them null, the last ones making the order total. All go in the same
/// direction, so that one row comparison finds the next page and one index serves it.
public record SortKey(String name, List<Field<?>> columns) {
    public SortKey {
        columns = List.copyOf(columns);
    }

    public static SortKey of(String name, Field<?>... columns) {
        return new SortKey(name, List.of(columns));
    }
}
