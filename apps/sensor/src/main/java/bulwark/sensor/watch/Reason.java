package bulwark.sensor.watch;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/// Why something failed, in one line for people.
public final class Reason {
    private static final int DEEPEST = 20;

    private Reason() {}

    /// What the first cause says; its type where it says nothing.
    public static String of(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < DEEPEST && root.getCause() != null; i++) root = root.getCause();
        // what the JDK's HTTP client ends with when nobody listens or no name is known says nothing itself
        if (root instanceof ClosedChannelException)
            return "no connection: nothing listens there, or something is between";
        if (root instanceof UnresolvedAddressException) return "the name of its host is unknown";
        return firstLine(root.getMessage(), root.getClass().getSimpleName());
    }

    private static String firstLine(@Nullable String message, String otherwise) {
        if (message == null) return otherwise;
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(otherwise);
    }
}
