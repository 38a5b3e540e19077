package bulwark.sensor.inventory;

import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.InventoryGrpc;
import bulwark.wire.v1.SensorInventory;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps Central's copy of the [Inventory] equal over one gRPC stream: a resync by bucketed hashes, then changes.
/// What is sent when is decided by [InventorySync]; this class only carries messages and time to it.
public final class InventoryStream {
    private static final Logger log = LoggerFactory.getLogger(InventoryStream.class);
    private static final int MOST_UNREAD = 10_000;

    private final Inventory inventory;
    private final InventoryLimits limits;
    private final Supplier<Set<String>> unreadKinds;
    private final Runnable whenSynced;

    private sealed interface Event {
        record Received(CentralInventory message) implements Event {}

        record Ended(Status status) implements Event {}

        record Changed() implements Event {}
    }

    /// `unreadKinds` tells which kinds may not be read now; `whenSynced` is called each time that Central has committed
    /// everything of a resync.
    public InventoryStream(
            Inventory inventory, InventoryLimits limits, Supplier<Set<String>> unreadKinds, Runnable whenSynced) {
        this.inventory = inventory;
        this.limits = limits;
        this.unreadKinds = unreadKinds;
        this.whenSynced = whenSynced;
    }

    /// Runs until the stream ends and says how it did; interrupting the thread ends it too.
    public Status run(Channel channel) throws InterruptedException {
        var events = new LinkedBlockingQueue<Event>();
        var observer = new Observer(events);
        var requests = InventoryGrpc.newStub(channel).sync(observer);
        var sync = new InventorySync(inventory, limits, unreadKinds, requests::onNext, whenSynced, System::nanoTime);
        inventory.track(() -> events.add(new Event.Changed()));
        try {
            sync.start();
            while (true) {
                sync.pump();
                Event event = events.poll(sync.nanosToWait(), TimeUnit.NANOSECONDS);
                switch (event) {
                    case Event.Received(var message) -> sync.received(message);
                    case Event.Ended(var status) -> {
                        return status;
                    }
                    case Event.Changed() -> sync.changed();
                    case null -> {
                        if (!sync.isStalled()) continue;
                        return Status.DEADLINE_EXCEEDED.withDescription(
                                "Central has not answered for " + limits.stall().toSeconds() + " s");
                    }
                }
            }
        } catch (IllegalStateException e) {
            return Status.UNAVAILABLE
                    .withDescription("the stream broke while sending")
                    .withCause(e);
        } finally {
            inventory.untrack();
            observer.cancel();
            log.atDebug().log("inventory stream ended");
        }
    }

    /// What gRPC calls; it must not block.
    private static final class Observer implements ClientResponseObserver<SensorInventory, CentralInventory> {
        private final BlockingQueue<Event> events;
        private @Nullable ClientCallStreamObserver<SensorInventory> call;

        Observer(BlockingQueue<Event> events) {
            this.events = events;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<SensorInventory> stream) {
            call = stream;
        }

        void cancel() {
            if (call != null) call.cancel("this Sensor ends the stream", null);
        }

        @Override
        public void onNext(CentralInventory message) {
            if (events.size() > MOST_UNREAD) {
                events.add(
                        new Event.Ended(Status.RESOURCE_EXHAUSTED.withDescription("Central sends too much at once")));
            } else {
                events.add(new Event.Received(message));
            }
        }

        @Override
        public void onError(Throwable failure) {
            events.add(new Event.Ended(Status.fromThrowable(failure)));
        }

        @Override
        public void onCompleted() {
            events.add(new Event.Ended(Status.OK));
        }
    }
}
