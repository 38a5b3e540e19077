package bulwark.base;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A named piece of background work on a virtual thread of its own: runs, waits its interval, runs again. A failure is
/// logged and counted, and tried again soon, each time later, up to [#LONGEST_BACK_OFF].
public final class Loop implements AutoCloseable {
    /// One round of the work.
    public interface Round {
        void run() throws Exception;
    }

    static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final String name;
    private final Duration interval;
    private final Round round;
    private final Timer timer;
    private final Counter failures;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock(); // guards stopped and woken
    private final Condition changed = lock.newCondition();
    private boolean stopped;
    private boolean woken;

    private Loop(String name, Duration interval, Metrics metrics, Round round) {
        this.name = name;
        this.interval = interval;
        this.round = round;
        this.timer = metrics.timer("bulwark.loop.round", "loop", name);
        this.failures = metrics.counter("bulwark.loop.failures", "loop", name);
        this.thread = Thread.ofVirtual().name("loop " + name).unstarted(this::run);
    }

    /// Starts at once: the first round runs now, the next one `interval` after it ended.
    public static Loop start(String name, Duration interval, Metrics metrics, Round round) {
        if (interval.isNegative()) throw new IllegalArgumentException("a loop's interval cannot be negative: " + name);
        var loop = new Loop(name, interval, metrics, round);
        loop.thread.start();
        return loop;
    }

    /// Lets the next round begin now instead of after the interval; while a round runs, another follows it.
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        int failed = 0;
        try {
            while (!isStopped()) {
                long began = System.nanoTime();
                try {
                    round.run();
                    failed = 0;
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    if (isStopped()) return;
                    failed++;
                    failures.increment();
                    log.atWarn()
                            .addKeyValue("loop", name)
                            .addKeyValue("failures", failed)
                            .setCause(e)
                            .log("a background round failed; it is tried again");
                }
                timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                await(failed == 0 ? interval : backOff(failed));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration backOff(int failed) {
        long first = Math.clamp(interval.toMillis(), 250, 1_000); // a rare round is not left for its whole interval
        long wait = Math.min(first << Math.min(failed - 1, 16), LONGEST_BACK_OFF.toMillis());
        return Duration.ofMillis(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    private void await(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!woken && !stopped && left > 0) left = changed.awaitNanos(left);
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /// Stops after the running round; a round that does not end in time is interrupted.
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (Thread.currentThread().equals(thread)) return;
        try {
            if (!thread.join(LONGEST_STOP)) thread.interrupt();
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
