package bulwark.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopAndLifecycleTest {
    @Test
    void runsAgainAfterItsIntervalAFailureOrAWake() {
        var rounds = new AtomicInteger();
        try (var loop = Loop.start("test", Duration.ofHours(1), Metrics.unseen(), () -> {
            if (rounds.incrementAndGet() == 1) throw new IOException("once");
        })) {
            await().until(() -> rounds.get() == 2); // after the back-off
            loop.wake();
            await().until(() -> rounds.get() == 3);
        }
        int stopped = rounds.get();

        assertThat(rounds.get()).isEqualTo(stopped);
    }

    @Test
    void closesInReverseAlsoWhenAStartFails() {
        List<String> told = new ArrayList<>();
        var lifecycle = new Lifecycle();

        assertThatThrownBy(() -> {
                    lifecycle.start("database", () -> (AutoCloseable) () -> told.add("database closed"));
                    lifecycle.start("server", () -> (AutoCloseable) () -> told.add("server closed"));
                    lifecycle.start("broken", () -> {
                        throw new IOException("no");
                    });
                })
                .hasMessage("no");

        assertThat(told).containsExactly("server closed", "database closed");
        assertThatThrownBy(() -> lifecycle.onClose("late", () -> told.add("late closed")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(told).endsWith("late closed");
    }

    @Test
    void tellsWhatAPersonCanMendInOneLine() {
        assertThat(UserError.of("port 1", new IOException("x", new BindException("Address already in use"))))
                .hasMessage("port 1: expected a free port, but another process listens there;"
                        + " stop that process or choose another port");
        assertThat(UserError.of("data", new IOException("write: No space left on device")))
                .hasMessageContaining("the disk is full");
        assertThat(UserError.of("data", new AccessDeniedException("/x"))).hasMessageContaining("denied");
        assertThat(UserError.of("data", new IllegalStateException("a fault"))).isNull();
        var printed = new ByteArrayOutputStream();

        int status = UserError.print(
                "bulwark", new IOException("a\nb"), new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(status).isEqualTo(70);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("bulwark: java.io.IOException: a b\n");
    }
}
