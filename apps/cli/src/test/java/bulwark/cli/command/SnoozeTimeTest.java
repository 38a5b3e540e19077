package bulwark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.cli.api.CommandFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnoozeTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void lengthsCountFromNowAndTimesStandAsTheyAre() {
        assertThat(AlertCommand.until("30m", NOW)).isEqualTo("2026-11-21T08:30:00Z");
        assertThat(AlertCommand.until("8h", NOW)).isEqualTo("2026-11-21T16:00:00Z");
        assertThat(AlertCommand.until("14d", NOW)).isEqualTo("2026-12-05T08:00:00Z");
        assertThat(AlertCommand.until("2026-12-01T08:00:00Z", NOW)).isEqualTo("2026-12-01T08:00:00Z");
    }

    @Test
    void anythingElseSaysWhatWasExpected() {
        assertThatThrownBy(() -> AlertCommand.until("tomorrow", NOW))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--for: expected 30m, 8h, 14d or a time like 2026-12-01T08:00:00Z, got: tomorrow");
    }
}
