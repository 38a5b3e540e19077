package bulwark.central.filter;

import org.jspecify.annotations.Nullable;

/// What a caller asks of a list: which rows, in which order, from where, how many.
public record ListQuery(
        Filter filter, @Nullable String sort, @Nullable String cursor, int limit) {
    private static final int MOST = 500;
    private static final int USUAL = 50;

    public ListQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page has 1 to " + MOST + " rows, asked for: " + limit);
        }
    }

    /// Reads the query parameters as they came; absent ones take their defaults.
    public static ListQuery parse(
            @Nullable String filter, @Nullable String sort, @Nullable String cursor, @Nullable String limit)
            throws FilterException {
        Filter parsed = filter == null ? Filter.NONE : Filter.parse(filter, FilterLimits.DEFAULT);
        return new ListQuery(parsed, emptyAsNull(sort), emptyAsNull(cursor), limit(limit));
    }

    /// The first rows of a list in its usual order.
    public static ListQuery first(Filter filter, int limit) {
        return new ListQuery(filter, null, null, limit);
    }

    private static int limit(@Nullable String text) throws FilterException {
        if (text == null || text.isEmpty()) return USUAL;
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) return limit;
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        throw new FilterException("limit", "expected 1 to " + MOST);
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
