package bulwark.central.sensor;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of a Sensor. Its messages go in order, one at a time, to a virtual thread of its own; the next one is
/// asked of the network only when one has been dealt with, so that a Central that cannot keep up slows its Sensors.
///
/// The lock guards what is sent and whether the stream has ended; gRPC's observers are not safe for several threads.
public final class SensorStream<I, O> implements StreamObserver<I> {
    /// What is done with the messages. All methods run on the stream's own thread.
    public interface Handler<I> {
        /// Before the first message.
        void opened() throws Exception;

        /// A message came. A [StatusException] ends the stream with that status.
        void received(I message) throws Exception;

        /// Sensor has said all it had to say; the stream ends well after this.
        default void finished() throws Exception {}

        /// The last call, however the stream ended.
        void closed();
    }

    private sealed interface Event<I> {
        record Message<I>(I content) implements Event<I> {}

        record Finished<I>() implements Event<I> {}

        record Gone<I>() implements Event<I> {}

        record Failed<I>(Exception failure) implements Event<I> {}
    }

    private static final Logger log = LoggerFactory.getLogger(SensorStream.class);
    private static final int PREFETCHED = 2;
    private static final Duration LONGEST_SEND = Duration.ofSeconds(30);

    private final UUID clusterId;
    private final String name;
    private final ServerCallStreamObserver<O> responses;
    // never holds more than PREFETCHED messages, since no more are asked for, and the word that the stream ended
    private final BlockingQueue<Event<I>> events = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ready = lock.newCondition();
    private boolean ended;

    private SensorStream(UUID clusterId, String name, ServerCallStreamObserver<O> responses) {
        this.clusterId = clusterId;
        this.name = name;
        this.responses = responses;
    }

    /// Takes over a call; to be used within the method that gRPC calls. `handlers` makes the handler from the stream.
    public static <I, O> SensorStream<I, O> open(
            String name, StreamObserver<O> responses, Function<SensorStream<I, O>, Handler<I>> handlers) {
        var call = (ServerCallStreamObserver<O>) responses;
        var stream = new SensorStream<I, O>(SensorIdentity.clusterId(), name, call);
        call.disableAutoRequest();
        call.setOnCancelHandler(stream::gone);
        call.setOnReadyHandler(stream::becameReady);
        Handler<I> handler = handlers.apply(stream);
        Thread.ofVirtual().name(name + " " + stream.clusterId).start(() -> stream.run(handler));
        call.request(PREFETCHED);
        return stream;
    }

    /// Whose stream it is, as the certificate says.
    public UUID clusterId() {
        return clusterId;
    }

    @Override
    public void onNext(@Nullable I message) {
        if (message == null) {
            log.atInfo()
                    .addKeyValue("cluster", clusterId)
                    .addKeyValue("stream", name)
                    .log("refused a message that cannot be read");
            end(Status.INVALID_ARGUMENT.withDescription("expected a message of this service, got other bytes"), null);
            return;
        }
        events.add(new Event.Message<>(message));
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    @Override
    public void onCompleted() {
        events.add(new Event.Finished<>());
    }

    private void gone() {
        lock.lock();
        try {
            ended = true;
            ready.signalAll();
        } finally {
            lock.unlock();
        }
        events.add(new Event.Gone<>());
    }

    private void becameReady() {
        lock.lock();
        try {
            ready.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Sends when the network can take it; an answer of false says that the stream has ended.
    public boolean send(O message) throws InterruptedException {
        lock.lock();
        try {
            long left = LONGEST_SEND.toNanos();
            while (!ended && !responses.isReady() && left > 0) left = ready.awaitNanos(left);
            if (left > 0) return sendLocked(message);
        } finally {
            lock.unlock();
        }
        end(Status.UNAVAILABLE.withDescription("nothing could be sent for " + LONGEST_SEND.toSeconds() + " s"), null);
        return false;
    }

    /// Sends without waiting, for small messages that are rare.
    public boolean sendNow(O message) {
        lock.lock();
        try {
            return sendLocked(message);
        } finally {
            lock.unlock();
        }
    }

    private boolean sendLocked(O message) {
        if (ended) return false;
        try {
            responses.onNext(message);
            return true;
        } catch (StatusRuntimeException | IllegalStateException _) {
            ended = true; // cancelled a moment ago; the event for it is on its way
            return false;
        }
    }

    /// Ends the stream from Central's side, with a last message where one is given.
    public void end(Status status, @Nullable O last) {
        lock.lock();
        try {
            if (ended) return;
            if (last != null) sendLocked(last);
            if (ended) return;
            ended = true;
            ready.signalAll();
            if (status.isOk()) {
                responses.onCompleted();
            } else {
                responses.onError(status.asException());
            }
        } catch (StatusRuntimeException | IllegalStateException _) {
            // cancelled a moment ago
        } finally {
            lock.unlock();
        }
        events.add(new Event.Gone<>());
    }

    /// What the handler does on a thread of its own has failed: the stream ends as if [Handler#received] had thrown it.
    public void fail(Exception failure) {
        events.add(new Event.Failed<>(failure));
    }

    /// Whether the stream has ended, from whichever side.
    public boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void run(Handler<I> handler) {
        try {
            handler.opened();
            while (!hasEnded()) {
                switch (events.take()) {
                    case Event.Message<I>(var message) -> {
                        handler.received(message);
                        responses.request(1);
                    }
                    case Event.Failed<I>(var failure) -> throw failure;
                    case Event.Finished<I> _ -> {
                        handler.finished();
                        end(Status.OK, null);
                    }
                    case Event.Gone<I> _ -> {
                        return;
                    }
                }
            }
        } catch (StatusException e) {
            log.atInfo()
                    .addKeyValue("cluster", clusterId)
                    .addKeyValue("stream", name)
                    .addKeyValue("status", e.getStatus().getCode())
                    .addKeyValue("reason", e.getStatus().getDescription())
                    .log("refused a Sensor's stream");
            end(e.getStatus(), null);
        } catch (InterruptedException _) {
            end(Status.UNAVAILABLE.withDescription("Central is stopping"), null);
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.atWarn()
                    .addKeyValue("cluster", clusterId)
                    .addKeyValue("stream", name)
                    .setCause(e)
                    .log("a Sensor's stream broke; it connects again and nothing is lost");
            end(Status.UNAVAILABLE.withDescription("Central could not deal with the message; connect again"), null);
        } finally {
            close(handler);
        }
    }

    private void close(Handler<I> handler) {
        try {
            handler.closed();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("cluster", clusterId)
                    .addKeyValue("stream", name)
                    .addKeyValue("problem", e.getMessage())
                    .log("the end of a Sensor's stream could not be noted");
        }
    }
}
