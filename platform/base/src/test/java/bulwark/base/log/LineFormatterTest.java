package bulwark.base.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    @Test
    void writesOneLineThatNothingFromOutsideCanBreak() {
        var event = new LogRecord(Level.WARNING, "pod=a\nERROR forged\u001b[0m read");
        event.setInstant(Instant.parse("2026-11-21T09:00:00.123Z"));
        event.setLoggerName("bulwark.sensor.Watch");

        assertThat(new LineFormatter().format(event))
                .isEqualTo("2026-11-21T09:00:00.123Z WARN  Watch: pod=a\\nERROR forged\\u001b[0m read\n");
    }

    @Test
    void tellsWhatAPersonCanMendOnTheSameLineAndAFaultWithItsTrace() {
        var full = new LogRecord(Level.WARNING, "a background round failed");
        full.setInstant(Instant.parse("2026-11-21T09:00:00.123Z"));
        full.setLoggerName("bulwark.base.Loop");
        full.setThrown(new IllegalStateException("round", new IOException("write: No space left on device")));
        var fault = new LogRecord(Level.WARNING, "a background round failed");
        fault.setThrown(new IllegalStateException("a fault"));

        assertThat(new LineFormatter().format(full))
                .isEqualTo(
                        "2026-11-21T09:00:00.123Z WARN  Loop: a background round failed reason=Loop: expected room to"
                                + " write, but the disk is full; free some space and start again\n");
        assertThat(new LineFormatter().format(fault)).contains("\n\tjava.lang.IllegalStateException: a fault\n\tat ");
    }
}
