package bulwark.kubernetes;

/// Something in an object that could not be taken as it stood. It names the field (`spec.replicas`), what the API
/// expects there and what came (the kind of value, never the value, which may be a secret).
public record Problem(Kind kind, String path, int line, int column, String expected, String came) {
    /// How it is wrong.
    public enum Kind {
        /// A field that the object cannot do without.
        MISSING,
        /// A value of the wrong kind or form; it was read as if absent.
        WRONG,
        /// More than the limit allows; the rest was left out.
        LIMIT
    }

    /// The problem as one line: `4:7 spec.replicas: expected a number, got a text`.
    public String message() {
        String place = line > 0 ? line + ":" + column + " " : "";
        return place + (path.isEmpty() ? "the document" : path) + ": expected " + expected + ", got " + came;
    }
}
