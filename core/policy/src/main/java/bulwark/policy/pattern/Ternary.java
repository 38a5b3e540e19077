package bulwark.policy.pattern;

/// Truth where something may not be known (Kleene's logic): unknown is never taken for false.
public enum Ternary {
    FALSE,
    UNKNOWN,
    TRUE;

    /// What is known.
    public static Ternary of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// Both hold: false as soon as one is false.
    public Ternary and(Ternary other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /// One holds: true as soon as one is true.
    public Ternary or(Ternary other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// The opposite; unknown stays unknown.
    public Ternary not() {
        return switch (this) {
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case TRUE -> FALSE;
        };
    }
}
