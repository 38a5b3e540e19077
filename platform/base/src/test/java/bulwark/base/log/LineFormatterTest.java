package bulwark.base.log;

import static org.assertj.core.api.Assertions.assertThat;

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
}
