package bulwark.central.access;

import bulwark.http.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the fields of a body, so that all that is wrong is said at once.
public final class BodyCheck {
    private final List<Problem.FieldError> errors = new ArrayList<>();

    /// A text of so many characters; blank ends are cut off.
    public String text(String field, @Nullable String value, int least, int most) {
        String text = value == null ? "" : value.strip();
        if (text.length() < least) wrong(field, "is required");
        if (text.length() > most) wrong(field, "expected at most " + most + " characters, got " + text.length());
        if (text.indexOf(0) >= 0) wrong(field, "the character NUL cannot be stored");
        return text;
    }

    public <T> T required(String field, @Nullable T value, T otherwise) {
        if (value != null) return value;
        wrong(field, "is required");
        return otherwise;
    }

    public int number(String field, @Nullable Integer value, int least, int most) {
        if (value == null) {
            wrong(field, "is required");
            return least;
        }
        if (value < least || value > most) wrong(field, "expected " + least + " to " + most + ", got " + value);
        return value;
    }

    public void wrong(String field, String message) {
        errors.add(new Problem.FieldError(field, message));
    }

    /// Refuses the body where something is wrong with it.
    public void done() {
        if (!errors.isEmpty()) throw Problem.invalid(errors);
    }
}
