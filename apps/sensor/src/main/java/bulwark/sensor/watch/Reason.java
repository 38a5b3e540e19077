package bulwark.sensor.watch;

import org.jspecify.annotations.Nullable;

/// Why something failed, in one line for people.
public final class Reason {
    private static final int DEEPEST = 20;

    private Reason() {}

    /// What the first cause says; its type where it says nothing.
    public static String of(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < DEEPEST && root.getCause() != null; i++) root = root.getCause();
        return firstLine(root.getMessage(), root.getClass().getSimpleName());
    }

    private static String firstLine(@Nullable String message, String otherwise) {
        if (message == null) return otherwise;
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(otherwise);
    }
}
