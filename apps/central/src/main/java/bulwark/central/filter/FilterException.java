package bulwark.central.filter;

/// A list's filter, sort or cursor that cannot be used; the message says where and what would do.
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    FilterException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /// A fault in the filter, `position` characters from its beginning (the first is 1).
    static FilterException at(int position, String message) {
        return new FilterException("filter", "character " + position + ": " + message);
    }

    /// Which query parameter is at fault.
    public String parameter() {
        return parameter;
    }
}
