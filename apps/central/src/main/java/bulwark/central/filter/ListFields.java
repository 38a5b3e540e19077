package bulwark.central.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What one list can be filtered and sorted by, and how a page of it is read.
public final class ListFields {
    // how far rows are counted; one more says that there are more
    private static final int COUNTED = 1_000;

    private final Map<String, FilterField> fields = new LinkedHashMap<>();
    private final Map<String, SortKey> sorts = new LinkedHashMap<>();
    private final List<Field<String>> names;
    private final String usualSort;

    /// A list whose plain words are searched in `names`.
    public ListFields(String usualSort, List<Field<String>> names) {
        this.usualSort = usualSort;
        this.names = List.copyOf(names);
    }

    public ListFields filter(String name, FilterField field) {
        fields.put(name, field);
        return this;
    }

    public ListFields sort(String name, Field<?>... columns) {
        sorts.put(name, SortKey.of(name, columns));
        return this;
    }

    /// The names that filters can use.
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /// The rows that a filter selects.
    public Condition condition(Filter filter) throws FilterException {
        Condition all = DSL.noCondition();
        for (FilterTerm term : filter.terms()) {
            Condition any = DSL.noCondition();
            for (FilterValue value : term.values()) {
                any = any.or(term(term, value));
            }
            // "not" also holds where the value is absent
            all = all.and(term.negated() ? DSL.condition("({0}) is not true", any) : any);
        }
        return all;
    }

    private Condition term(FilterTerm term, FilterValue value) throws FilterException {
        if (term.field().isEmpty()) {
            Condition any = DSL.noCondition();
            for (Field<String> name : names) any = any.or(name.likeIgnoreCase("%" + value.like() + "%", '!'));
            return any;
        }
        FilterField field = fields.get(term.field());
        if (field == null) {
            throw FilterException.at(
                    term.position(), "there is no field " + term.field() + "; this list has " + names());
        }
        return field.is(value);
    }

    /// Reads a page. `scope` is what the caller may see, apart from what the filter selects.
    public <R extends Record, T> Page<T> read(
            DSLContext db, Source<R> source, Condition scope, ListQuery query, Function<? super Record, T> row)
            throws FilterException {
        Condition selected = scope.and(condition(query.filter()));
        String order = query.sort() == null ? usualSort : query.sort();
        boolean descending = order.startsWith("-");
        SortKey key = sorts.get(descending ? order.substring(1) : order);
        if (key == null) {
            throw new FilterException("sort", "expected one of " + sorts.keySet() + ", - before it to descend");
        }
        var columns = new ArrayList<SelectFieldOrAsterisk>(source.columns());
        for (int i = 0; i < key.columns().size(); i++)
            columns.add(key.columns().get(i).as("sort_" + i));
        List<SortField<?>> orderBy = new ArrayList<>();
        for (Field<?> column : key.columns()) orderBy.add(descending ? column.desc() : column.asc());
        var rows = db.select(columns)
                .from(source.table())
                .where(selected)
                .and(after(query.cursor(), order, key, descending))
                .orderBy(orderBy)
                .limit(query.limit() + 1)
                .fetch();
        boolean more = rows.size() > query.limit();
        var items = new ArrayList<T>();
        for (var fetched : more ? rows.subList(0, query.limit()) : rows) items.add(row.apply(fetched));
        String next = more ? cursor(order, key, rows.get(query.limit() - 1)) : null;
        boolean whole = query.cursor() == null && !more;
        return new Page<>(items, next, whole ? items.size() : count(db, source.table(), selected));
    }

    private static long count(DSLContext db, Table<?> table, Condition selected) {
        return db.fetchCount(DSL.selectOne().from(table).where(selected).limit(COUNTED + 1));
    }

    private static Condition after(@Nullable String encoded, String order, SortKey key, boolean descending)
            throws FilterException {
        if (encoded == null) return DSL.noCondition();
        Cursor cursor = Cursor.decode(encoded);
        if (!cursor.order().equals(order)) throw Cursor.damaged();
        var columns = DSL.row(key.columns());
        var values = DSL.row(cursor.valuesFor(key.columns()));
        return descending ? columns.lessThan(values) : columns.greaterThan(values);
    }

    private static String cursor(String order, SortKey key, Record last) {
        var values = new ArrayList<String>();
        for (int i = 0; i < key.columns().size(); i++) {
            Object value = last.get("sort_" + i);
            if (value == null) throw new IllegalStateException("a list is sorted by a column that is null: " + order);
            values.add(value.toString());
        }
        return new Cursor(order, values).encode();
    }

    /// Where a list's rows come from and which columns they need.
    public record Source<R extends Record>(Table<R> table, List<? extends SelectFieldOrAsterisk> columns) {
        public Source {
            columns = List.copyOf(columns);
        }
    }
}
