package bulwark.central.filter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;

/// Where a page ended: the order it was in and the sort columns of its last row. What a caller sends back is not
/// believed: it must fit the order asked for, and rights are checked on every page anew.
record Cursor(String order, List<String> values) {
    private static final int MOST_CHARACTERS = 1000;

    Cursor {
        values = List.copyOf(values);
    }

    /// Length-prefixed texts in Base64, opaque to the caller.
    String encode() {
        var text = new StringBuilder();
        append(text, order);
        values.forEach(value -> append(text, value));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    static Cursor decode(String encoded) throws FilterException {
        if (encoded.length() > MOST_CHARACTERS) throw damaged();
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.indexOf(0) >= 0) throw damaged();
            var parts = new ArrayList<String>();
            int at = 0;
            while (at < text.length()) {
                int colon = text.indexOf(':', at);
                if (colon < 0) throw damaged();
                int length = Integer.parseInt(text.substring(at, colon));
                parts.add(text.substring(colon + 1, colon + 1 + length));
                at = colon + 1 + length;
            }
            if (parts.isEmpty()) throw damaged();
            return new Cursor(parts.getFirst(), parts.subList(1, parts.size()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException e) {
            throw damaged();
        }
    }

    /// The values as the columns have them.
    Object[] valuesFor(List<Field<?>> columns) throws FilterException {
        if (columns.size() != values.size()) throw damaged();
        var converted = new Object[columns.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = convert(columns.get(i), values.get(i));
        }
        return converted;
    }

    private static Object convert(Field<?> column, String value) throws FilterException {
        Class<?> type = column.getType();
        try {
            if (type == String.class) return value;
            if (type == UUID.class) return UUID.fromString(value);
            if (type == Instant.class) return StorableTime.checked(Instant.parse(value));
            if (type == Integer.class) return Integer.valueOf(value);
            if (type == Short.class) return Short.valueOf(value);
            if (type == Long.class) return Long.valueOf(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw damaged();
        }
        throw new IllegalStateException("no list is sorted by a column of " + type);
    }

    static FilterException damaged() {
        return new FilterException("cursor", "is not one that this list gave for this order; begin without one");
    }
}
