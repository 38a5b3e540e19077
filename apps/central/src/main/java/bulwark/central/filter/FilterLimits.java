package bulwark.central.filter;

/// How much a filter may hold.
public record FilterLimits(int characters, int terms, int values) {
    /// What the API's contract allows.
    public static final FilterLimits DEFAULT = new FilterLimits(2000, 50, 200);
}
