package bulwark.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in the caller's words why a body could not be read, without our class names and without its content.
final class JsonProblems {
    private JsonProblems() {}

    static Problem of(JsonMappingException failure) {
        String field = field(failure);
        return field.isEmpty()
                ? Problem.badRequest(reason(failure))
                : Problem.invalid(List.of(new Problem.FieldError(field, reason(failure))));
    }

    static Problem of(JsonProcessingException failure) {
        JsonLocation where = failure.getLocation();
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        String wrong = failure instanceof StreamConstraintsException
                ? "the body is nested too deeply or has a value that is too long"
                : "the body is not JSON in UTF-8";
        return Problem.badRequest(wrong + place);
    }

    private static String field(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(each -> each.getFieldName() == null ? "[" + each.getIndex() + "]" : "." + each.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String reason(JsonMappingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException _ -> "is not a field of this body";
            case InvalidFormatException format
            when format.getTargetType() != null && format.getTargetType().isEnum() ->
                "expected one of " + Arrays.toString(format.getTargetType().getEnumConstants());
            case InvalidFormatException format -> "expected " + kind(format.getTargetType());
            case ValueInstantiationException refused
            when refused.getCause() instanceof IllegalArgumentException cause -> String.valueOf(cause.getMessage());
            case ValueInstantiationException _ -> "has a value that is missing or not allowed";
            case MismatchedInputException mismatch -> "expected " + kind(mismatch.getTargetType());
            default ->
                failure.getCause() instanceof StreamConstraintsException
                        ? "is nested too deeply or too long"
                        : "cannot be read: expected JSON in UTF-8";
        };
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) return "another value";
        if (type == String.class || type == UUID.class) return type == String.class ? "a text" : "a UUID";
        if (type == boolean.class || type == Boolean.class) return "true or false";
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) return "a number";
        if (Temporal.class.isAssignableFrom(type)) return "a time, as in 2026-11-21T00:00:00Z";
        if (Iterable.class.isAssignableFrom(type) || type.isArray()) return "a list";
        return "an object";
    }
}
