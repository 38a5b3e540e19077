package bulwark.base;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a process: started in order, each with a name, and closed in reverse. A start that fails closes what
/// was started before it.
public final class Lifecycle implements AutoCloseable {
    /// Makes and starts one part.
    public interface Starter<T extends AutoCloseable> {
        T start() throws Exception;
    }

    private record Part(String name, AutoCloseable part) {}

    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<Part> parts = new ArrayDeque<>(); // guarded by this
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing; // guarded by this

    /// Starts a part and remembers to close it.
    public <T extends AutoCloseable> T start(String name, Starter<T> starter) throws Exception {
        long began = System.nanoTime();
        T part;
        try {
            part = starter.start();
        } catch (Exception e) {
            close();
            throw e;
        }
        onClose(name, part);
        log.atInfo()
                .addKeyValue("part", name)
                .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .log("started");
        return part;
    }

    /// Remembers to close something that is already there.
    public void onClose(String name, AutoCloseable part) {
        boolean late;
        synchronized (this) {
            late = closing;
            if (!late) parts.push(new Part(name, part));
        }
        if (late) {
            close(new Part(name, part));
            throw new IllegalStateException("stopping: " + name + " was not kept");
        }
    }

    /// From now on SIGTERM and SIGINT close all parts before the process ends.
    public void closeOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
    }

    /// Lets [#awaitStop] return, as a signal does.
    public void askToStop() {
        stopAsked.countDown();
    }

    /// Waits until somebody asks for the end.
    public void awaitStop() throws InterruptedException {
        stopAsked.await();
    }

    /// Closes all parts, last started first; a part that cannot be closed is logged and does not keep the others.
    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            first = !closing;
            closing = true;
        }
        stopAsked.countDown();
        if (!first) {
            awaitClosed();
            return;
        }
        try {
            for (Part part = pop(); part != null; part = pop()) close(part);
        } finally {
            closed.countDown();
        }
    }

    private void awaitClosed() {
        try {
            if (!closed.await(2, TimeUnit.MINUTES)) log.warn("the parts of this process did not stop in two minutes");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Part pop() {
        return parts.poll();
    }

    private static void close(Part part) {
        try {
            part.part().close();
            log.atInfo().addKeyValue("part", part.name()).log("stopped");
        } catch (Exception e) {
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
            log.atError().addKeyValue("part", part.name()).setCause(e).log("a part could not be stopped in order");
        }
    }
}
