package bulwark.sensor.watch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A stream that is closed under its reader when nothing has come for too long: the one way to notice a connection
/// whose other end is gone without a word.
final class IdleStream extends FilterInputStream {
    private final long idleNanos;
    private final Thread guard;
    private volatile long waitingSince = System.nanoTime();
    private volatile boolean waiting;
    private volatile boolean idle;

    IdleStream(InputStream in, Duration idleLimit) {
        super(in);
        this.idleNanos = idleLimit.toNanos();
        this.guard = Thread.ofVirtual().name("idle-guard").start(this::guard);
    }

    private void guard() {
        try {
            while (true) {
                long left = waiting ? waitingSince + idleNanos - System.nanoTime() : idleNanos;
                if (left <= 0) {
                    idle = true;
                    in.close();
                    return;
                }
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException | IOException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            int read = super.read(bytes, offset, length);
            if (read < 0 && idle) throw silent(null);
            return read;
        } catch (IOException e) {
            throw idle ? silent(e) : e;
        } finally {
            waiting = false;
        }
    }

    private IOException silent(@Nullable IOException cause) {
        var silent = new SilentException(
                "nothing came for " + Duration.ofNanos(idleNanos).toSeconds() + " s");
        if (cause != null) silent.initCause(cause);
        return silent;
    }

    /// The stream was closed for its silence.
    static final class SilentException extends InterruptedIOException {
        private static final long serialVersionUID = 1;

        private SilentException(String message) {
            super(message);
        }
    }

    @Override
    public void close() throws IOException {
        guard.interrupt();
        super.close();
    }
}
