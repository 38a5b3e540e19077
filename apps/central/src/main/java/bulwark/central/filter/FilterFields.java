package bulwark.central.filter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/// The kinds of fields that lists have.
public final class FilterFields {
    private FilterFields() {}

    /// Text compared as it is; `*` allowed.
    public static FilterField exact(Field<String> field) {
        return value -> {
            equalOnly(value);
            return value.isPattern() ? field.like(value.like(), '!') : field.eq(value.text());
        };
    }

    /// Text compared without regard to case; `*` allowed.
    public static FilterField text(Field<String> field) {
        return value -> {
            equalOnly(value);
            return field.likeIgnoreCase(value.like(), '!');
        };
    }

    /// One of a few words, in any case. Where they are ordered, the column's order is theirs and `>` and kin are taken.
    public static <T> FilterField choice(Field<T> field, Map<String, T> words, boolean ordered) {
        return value -> {
            T chosen = words.get(value.text().toUpperCase(Locale.ROOT));
            if (chosen == null) {
                throw FilterException.at(
                        value.position(), "expected one of " + new TreeSet<>(words.keySet()) + ", got " + value.text());
            }
            if (!ordered) equalOnly(value);
            return compare(field, value.comparison(), chosen);
        };
    }

    /// One of a few words, in any case, each a condition of its own.
    public static FilterField chosen(Map<String, Condition> words) {
        return value -> {
            equalOnly(value);
            Condition chosen = words.get(value.text().toUpperCase(Locale.ROOT));
            if (chosen != null) return chosen;
            throw FilterException.at(
                    value.position(), "expected one of " + new TreeSet<>(words.keySet()) + ", got " + value.text());
        };
    }

    /// `true` or `false`.
    public static FilterField flag(Condition condition) {
        return value -> {
            equalOnly(value);
            return switch (value.text()) {
                case "true" -> condition;
                case "false" -> DSL.not(condition);
                default -> throw FilterException.at(value.position(), "expected true or false, got " + value.text());
            };
        };
    }

    public static FilterField identifier(Field<UUID> field) {
        return value -> {
            equalOnly(value);
            try {
                return field.eq(UUID.fromString(value.text()));
            } catch (IllegalArgumentException e) {
                throw FilterException.at(value.position(), "expected a UUID, got " + value.text());
            }
        };
    }

    public static FilterField number(Field<Integer> field) {
        return value -> {
            try {
                return compare(field, value.comparison(), Integer.valueOf(value.text()));
            } catch (NumberFormatException e) {
                throw FilterException.at(value.position(), "expected a whole number, got " + value.text());
            }
        };
    }

    /// A time (`2026-11-01T10:00:00Z`), or a date, which stands for that whole day in UTC.
    public static FilterField time(Field<Instant> field) {
        return value -> {
            try {
                if (value.text().length() == 10) return day(field, value);
                Instant time =
                        StorableTime.checked(OffsetDateTime.parse(value.text()).toInstant());
                return compare(field, value.comparison(), time);
            } catch (DateTimeException e) {
                throw FilterException.at(
                        value.position(),
                        "expected a date or time such as 2026-11-01 or 2026-11-01T10:00:00Z, got " + value.text());
            }
        };
    }

    private static Condition day(Field<Instant> field, FilterValue value) {
        var date = LocalDate.parse(value.text());
        var begin = StorableTime.checked(date.atStartOfDay().toInstant(ZoneOffset.UTC));
        var end = date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return switch (value.comparison()) {
            case EQUAL -> field.ge(begin).and(field.lt(end));
            case GREATER -> field.ge(end);
            case GREATER_OR_EQUAL -> field.ge(begin);
            case LESS -> field.lt(begin);
            case LESS_OR_EQUAL -> field.lt(end);
        };
    }

    /// A list of texts of which one must be the value, without regard to case; `*` allowed.
    public static FilterField anyOf(Field<String[]> field) {
        return value -> {
            equalOnly(value);
            return DSL.exists(DSL.selectOne()
                    .from(DSL.unnest(field).as("element", "text"))
                    .where(DSL.field(DSL.name("element", "text"), String.class).likeIgnoreCase(value.like(), '!')));
        };
    }

    /// Labels in an object of JSON: `key` or `key=value`, `*` allowed in the value.
    public static FilterField label(Field<JSONB> field) {
        return value -> {
            equalOnly(value);
            String text = value.text();
            int equals = text.indexOf('=');
            if (equals < 0) return DSL.condition("jsonb_exists({0}, {1})", field, DSL.val(text));
            var actual = DSL.field("{0} ->> {1}", String.class, field, DSL.val(text.substring(0, equals)));
            String wanted = text.substring(equals + 1);
            return value.isPattern()
                    ? actual.like(FilterValue.escaped(wanted).replace("*", "%"), '!')
                    : actual.eq(wanted);
        };
    }

    /// The name of something that the row names by its key: `named` finds the keys whose names fit.
    public static FilterField reference(Field<UUID> key, Field<String> name, Function<Condition, List<UUID>> named) {
        return value -> key.in(named.apply(exact(name).is(value)));
    }

    /// The same for names compared without regard to case.
    public static FilterField named(Field<UUID> key, Field<String> name, Function<Condition, List<UUID>> named) {
        return value -> key.in(named.apply(text(name).is(value)));
    }

    private static <T> Condition compare(Field<T> field, Comparison comparison, T value) {
        return switch (comparison) {
            case EQUAL -> field.eq(value);
            case GREATER -> field.gt(value);
            case GREATER_OR_EQUAL -> field.ge(value);
            case LESS -> field.lt(value);
            case LESS_OR_EQUAL -> field.le(value);
        };
    }

    private static void equalOnly(FilterValue value) throws FilterException {
        if (value.comparison() != Comparison.EQUAL) {
            throw FilterException.at(
                    value.position(),
                    "this field has no order, " + value.comparison().sign() + " cannot be used");
        }
    }
}
