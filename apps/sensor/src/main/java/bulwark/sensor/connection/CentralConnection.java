package bulwark.sensor.connection;

import bulwark.sensor.inventory.InventoryStream;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.Welcome;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the streams to Central open: connects, comes again after a pause when they break, and stops for good when
/// Central says that this Sensor is no longer wanted.
public final class CentralConnection {
    private static final Logger log = LoggerFactory.getLogger(CentralConnection.class);

    private final IdentityKeeper identities;
    private final SensorState state;
    private final InventoryStream inventory;
    private final ConnectionLimits limits;
    private final Clock clock;
    private final RandomGenerator random;
    private final Channels channels;
    private volatile boolean connected;
    private int attempt;

    /// Why the connection ended for good.
    public sealed interface Outcome {
        /// The cluster was removed from Central; the identity is deleted.
        record Removed(String message) implements Outcome {}

        /// Another Sensor speaks for the cluster.
        record Replaced(String message) implements Outcome {}
    }

    private sealed interface Event {
        record Received(CentralControl message) implements Event {}

        record Ended(Status status) implements Event {}

        /// Everything was listed once; what is not known then is told before the inventory begins.
        record Listed(CountDownLatch told) implements Event {}
    }

    public CentralConnection(
            IdentityKeeper identities,
            SensorState state,
            InventoryStream inventory,
            ConnectionLimits limits,
            Clock clock,
            RandomGenerator random) {
        this.identities = identities;
        this.state = state;
        this.inventory = inventory;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.channels = new Channels(identities.keyManager(), identities.trustManager());
    }

    /// Whether Central has welcomed this Sensor on the present connection.
    public boolean isConnected() {
        return connected;
    }

    /// Runs until Central ends it for good, or until the thread is interrupted.
    public Outcome run() throws InterruptedException {
        var backoff = new Backoff(limits.firstBackoff(), limits.longestBackoff(), random);
        String lastReason = "";
        while (true) {
            long began = System.nanoTime();
            SessionEnd end = session();
            boolean lasted = System.nanoTime() - began > limits.longestBackoff().toNanos();
            if (lasted) backoff.reset();
            switch (end) {
                case SessionEnd.Removed(var message) -> {
                    forget();
                    return new Outcome.Removed(message);
                }
                case SessionEnd.Replaced(var message) -> {
                    return new Outcome.Replaced(message);
                }
                case SessionEnd.Renewed() -> backoff.reset();
                case SessionEnd.Incompatible(var message, var after) -> {
                    log.atError().addKeyValue("central", message).log("Sensor and Central do not go together");
                    Thread.sleep(longer(after, limits.incompatibleRetry()).plus(backoff.next()));
                }
                case SessionEnd.ComeAgain(var reason, var after) -> {
                    log.atInfo().addKeyValue("reason", reason).log("Central ended the connection");
                    Thread.sleep(after.plus(backoff.next()));
                }
                case SessionEnd.Broken(var reason) -> {
                    if (lasted || !reason.equals(lastReason)) {
                        log.atWarn().addKeyValue("reason", reason).log("no connection to Central, trying again");
                    }
                    lastReason = reason;
                    Thread.sleep(backoff.next());
                }
            }
        }
    }

    private SessionEnd session() throws InterruptedException {
        SensorIdentity identity = identities.identity();
        if (clock.instant().isAfter(identity.expiresAt())) {
            return new SessionEnd.Broken("this Sensor's certificate expired at " + identity.expiresAt()
                    + "; start it with a new registration (bulwark cluster add)");
        }
        List<URI> addresses = identity.addresses();
        URI address = addresses.get(attempt++ % addresses.size());
        ManagedChannel channel = channels.open(address.getHost(), identity.grpcPort());
        try {
            SessionEnd end = talk(channel);
            if (!(end instanceof SessionEnd.Broken)) attempt--;
            return end;
        } catch (IOException e) {
            return new SessionEnd.Broken("what Central sent could not be used: " + e.getMessage());
        } catch (IllegalStateException e) {
            return new SessionEnd.Broken("the stream broke while sending: " + e.getMessage());
        } finally {
            connected = false;
            channel.shutdownNow();
            channel.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private SessionEnd talk(Channel channel) throws IOException, InterruptedException {
        var events = new LinkedBlockingQueue<Event>();
        var requests = ControlGrpc.newStub(channel).connect(new Observer(events));
        var inventoryThread = Thread.ofVirtual().name("inventory").unstarted(() -> followInventory(channel, events));
        var session = new ControlSession(state, identities, limits, clock, requests::onNext, welcome -> {
            welcomed(welcome);
            inventoryThread.start();
        });
        try {
            session.hello();
            while (true) {
                Event event = events.poll(limits.healthInterval().toMillis(), TimeUnit.MILLISECONDS);
                SessionEnd end = switch (event) {
                    case Event.Received(var message) -> session.received(message);
                    case Event.Ended(var status) -> ControlSession.ended(status);
                    case Event.Listed _ -> null;
                    case null -> null;
                };
                if (end == null) end = session.tick();
                if (end != null) return end;
                if (event instanceof Event.Listed listed) listed.told().countDown();
            }
        } finally {
            inventoryThread.interrupt();
            if (inventoryThread.getState() != Thread.State.NEW) inventoryThread.join();
        }
    }

    private void welcomed(Welcome welcome) {
        connected = true;
        log.atInfo()
                .addKeyValue("cluster", welcome.getClusterId())
                .addKeyValue("name", welcome.getClusterName())
                .addKeyValue("central", welcome.getCentralVersion())
                .log("connected to Central");
    }

    /// Opens the Inventory stream for as long as the session lasts; when it alone breaks, it alone is opened again.
    private void followInventory(Channel channel, BlockingQueue<Event> control) {
        var backoff = new Backoff(limits.firstBackoff(), limits.longestBackoff(), random);
        String lastReason = "";
        try {
            state.awaitListed();
            var listed = new Event.Listed(new CountDownLatch(1));
            control.add(listed);
            listed.told().await();
            while (true) {
                long began = System.nanoTime();
                Status status = inventory.run(channel);
                String reason = ControlSession.describe(status);
                boolean lasted =
                        System.nanoTime() - began > limits.longestBackoff().toNanos();
                if (lasted) {
                    backoff.reset();
                } else if (!reason.equals(lastReason)) {
                    log.atWarn().addKeyValue("reason", reason).log("the Inventory stream breaks, opening it again");
                    lastReason = reason;
                }
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("the inventory cannot be sent; it is tried again with the next connection");
        }
    }

    private void forget() {
        try {
            identities.forget();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("the identity of the removed cluster could not be deleted");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /// What gRPC calls; it must not block.
    private static final class Observer implements ClientResponseObserver<SensorControl, CentralControl> {
        private static final int MOST_UNREAD = 1000;
        private final BlockingQueue<Event> events;
        private @Nullable ClientCallStreamObserver<SensorControl> call;

        Observer(BlockingQueue<Event> events) {
            this.events = events;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<SensorControl> stream) {
            call = stream;
        }

        @Override
        public void onNext(CentralControl message) {
            if (events.size() < MOST_UNREAD) {
                events.add(new Event.Received(message));
            } else if (call != null) {
                call.cancel("Central sends too much at once", null);
            }
        }

        @Override
        public void onError(Throwable failure) {
            events.add(new Event.Ended(Status.fromThrowable(failure)));
        }

        @Override
        public void onCompleted() {
            events.add(new Event.Ended(Status.UNAVAILABLE.withDescription("Central ended the stream")));
        }
    }
}
