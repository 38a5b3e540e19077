package bulwark.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events in the form of <https://html.spec.whatwg.org/multipage/server-sent-events.html>.
record EventWriter(ObjectMapper mapper, BooleanSupplier stopping, Duration heartbeat) {
    private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1); // so that a stop is seen soon

    /// Returns when the client is gone, which is the only way that writing fails.
    void write(EventStream source, OutputStream out) throws InterruptedException {
        try (out) {
            send(out, ": hello\n\n");
            long lastSent = System.nanoTime();
            while (!stopping.getAsBoolean() && !source.hasEnded()) {
                long left = heartbeat.toNanos() - (System.nanoTime() - lastSent);
                if (left <= 0) {
                    send(out, ":\n\n");
                    lastSent = System.nanoTime();
                    continue;
                }
                Duration wait = Duration.ofNanos(Math.min(left, LONGEST_WAIT.toNanos()));
                EventStream.Event event = source.next(wait);
                if (event == null) continue;
                send(out, text(event));
                lastSent = System.nanoTime();
            }
        } catch (IOException | UncheckedIOException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("the client of an event stream is gone");
        }
    }

    private String text(EventStream.Event event) {
        try {
            return "event: " + event.name() + "\ndata: " + mapper.writeValueAsString(event.data()) + "\n\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event that cannot be written as JSON", e);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
