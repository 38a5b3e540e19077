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
import java.nio.file.FileSystemException;
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
        assertThat(UserError.of("data", new FileSystemException("/x/run", null, "Not a directory")))
                .hasMessage(
                        "data: expected a folder, but a file is in its place: /x/run: Not a directory; name another");
        assertThat(printed(new IOException("a\nb"))).isEqualTo("70 bulwark: java.io.IOException: a b\n");
        assertThat(printed(new AccessDeniedException("/x/run")))
                .isEqualTo("1 bulwark: /x/run: expected permission to read and write, but it was denied: /x/run;"
                        + " change owner or mode, or run as another user\n");
    }

    private static String printed(Exception failure) {
        var printed = new ByteArrayOutputStream();
        int status = UserError.print("bulwark", failure, new PrintStream(printed, true, StandardCharsets.UTF_8));
        return status + " " + printed.toString(StandardCharsets.UTF_8);
    }
}
