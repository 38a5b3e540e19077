package bulwark.sensor.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static Backoff backoff(RandomGenerator random) {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), random);
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }

    private static Stream<Long> millis(Backoff backoff, int count) {
        return Stream.generate(() -> backoff.next().toMillis()).limit(count);
    }

    @Test
    void doublesUpToTheLongest() {
        assertThat(millis(backoff(always(0.5)), 9))
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void spreadsEachPauseFromHalfToOneAndAHalf() {
        assertThat(millis(backoff(always(0)), 2)).containsExactly(250L, 500L);
        assertThat(millis(backoff(always(1)), 2)).containsExactly(750L, 1500L);
        var seen = new HashSet<Duration>();
        for (int seed = 0; seed < 100; seed++)
            seen.add(backoff(new Random(seed)).next());
        assertThat(seen).as("no two of a hundred Sensors come at once").hasSize(100);
    }

    @Test
    void beginsAnewAfterAnAttemptThatHeld() {
        var backoff = backoff(always(0.5));
        backoff.next();
        backoff.next();

        backoff.reset();

        assertThat(backoff.next()).hasMillis(500);
    }
}
