package bulwark.central.flow;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One stream as a client sees it: what comes is waited for, one at a time.
final class Dialogue<I, O> {
    private static final long LONGEST_SECONDS = 20;

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private StreamObserver<I> requests;

    static <I, O> Dialogue<I, O> open(Function<StreamObserver<O>, StreamObserver<I>> call) {
        var dialogue = new Dialogue<I, O>();
        dialogue.requests = call.apply(new StreamObserver<>() {
            @Override
            public void onNext(O message) {
                dialogue.received.add(message);
            }

            @Override
            public void onError(Throwable failure) {
                dialogue.received.add(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                dialogue.received.add(Status.OK);
            }
        });
        return dialogue;
    }

    void send(I message) {
        requests.onNext(message);
    }

    /// Whether what is sent now would go out without waiting for the other side.
    boolean isReady() {
        return ((ClientCallStreamObserver<I>) requests).isReady();
    }

    void complete() {
        requests.onCompleted();
    }

    /// The next message.
    @SuppressWarnings("unchecked")
    O next() throws InterruptedException {
        Object next = poll();
        if (next instanceof Status status) throw new AssertionError("the stream ended: " + status);
        return (O) next;
    }

    /// The next message, or the status where the stream has ended.
    Object nextOrEnd() throws InterruptedException {
        return poll();
    }

    /// Whether nothing has come that was not taken yet.
    boolean isQuiet() {
        return received.isEmpty();
    }

    /// How the stream ended; messages that come before are passed over.
    Status end() throws InterruptedException {
        while (true) {
            if (poll() instanceof Status status) return status;
        }
    }

    private Object poll() throws InterruptedException {
        Object next = received.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nothing came for " + LONGEST_SECONDS + " s");
        return next;
    }
}
