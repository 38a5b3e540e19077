package bulwark.sensor.watch;

import java.io.IOException;
import java.time.Duration;

/// The API server refused: its status code and its own words.
public final class ApiStatusException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int GONE = 410;

    private final int code;
    private final Duration retryAfter;

    /// With the words of the server and how long it wants to be left alone.
    public ApiStatusException(int code, String message, Duration retryAfter) {
        super(message);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /// The HTTP status.
    public int code() {
        return code;
    }

    /// How long the server wants to be left alone; zero where it does not say.
    public Duration retryAfter() {
        return retryAfter;
    }

    /// Whether the version to continue from is no longer known, so that the list must be read anew.
    public boolean isGone() {
        return code == GONE;
    }

    /// Whether trying again soon is useless: no permission, or a kind that this server does not serve.
    public boolean isRefusal() {
        return code == 403 || code == 404;
    }
}
