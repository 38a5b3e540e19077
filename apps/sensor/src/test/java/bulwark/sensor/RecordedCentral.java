package bulwark.sensor;

import bulwark.wire.recorded.RecordedSession;
import bulwark.wire.recorded.RecordedSession.Side;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.InventoryGrpc;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.SensorInventory;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A Central that says again what one of some version said: all of Control after the hello but the goodbye, and on
/// Inventory to each message the answer that was given to its like.
final class RecordedCentral {
    private final List<CentralControl> control = new ArrayList<>();
    private final List<CentralInventory> inventory = new ArrayList<>();
    private final UnaryOperator<CentralControl> controlAs;
    private final UnaryOperator<CentralInventory> inventoryAs;
    private final AtomicInteger hellos = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> unanswered = new ConcurrentLinkedQueue<>();

    /// `controlAs` and `inventoryAs` change what was recorded before it is said.
    RecordedCentral(
            RecordedSession session,
            UnaryOperator<CentralControl> controlAs,
            UnaryOperator<CentralInventory> inventoryAs)
            throws IOException {
        for (byte[] each : session.messages(Side.CENTRAL_CONTROL)) control.add(CentralControl.parseFrom(each));
        for (byte[] each : session.messages(Side.CENTRAL_INVENTORY)) inventory.add(CentralInventory.parseFrom(each));
        this.controlAs = controlAs;
        this.inventoryAs = inventoryAs;
    }

    /// How often a Sensor has said hello.
    int hellos() {
        return hellos.get();
    }

    /// What a Sensor sent to which the recording has no answer.
    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    /// Both services.
    List<BindableService> services() {
        return List.of(
                new ControlGrpc.ControlImplBase() {
                    @Override
                    public StreamObserver<SensorControl> connect(StreamObserver<CentralControl> responses) {
                        return new Heard<>(responses, message -> {
                            if (message.hasHello()) greet(responses);
                        });
                    }
                },
                new InventoryGrpc.InventoryImplBase() {
                    @Override
                    public StreamObserver<SensorInventory> sync(StreamObserver<CentralInventory> responses) {
                        return new Heard<>(responses, message -> answer(message, responses));
                    }
                });
    }

    private void greet(StreamObserver<CentralControl> responses) {
        hellos.incrementAndGet();
        for (CentralControl each : control) if (!each.hasGoodbye()) responses.onNext(controlAs.apply(each));
    }

    private void answer(SensorInventory message, StreamObserver<CentralInventory> responses) {
        if (message.hasSyncDone()) return;
        inventory.stream()
                .filter(each -> fits(message, each))
                .findFirst()
                .ifPresentOrElse(
                        each -> responses.onNext(inventoryAs.apply(asAnswerTo(message, each))),
                        () -> unanswered.add(message.getMessageCase().toString()));
    }

    private static boolean fits(SensorInventory message, CentralInventory answer) {
        return switch (message.getMessageCase()) {
            case SYNC_START -> answer.hasBucketsDiffer();
            case BUCKET_KEYS ->
                answer.hasWanted()
                        && answer.getWanted().getBucket()
                                == message.getBucketKeys().getBucket();
            case BATCH -> answer.hasAck();
            case SYNC_DONE, MESSAGE_NOT_SET -> false;
        };
    }

    /// How many objects go into a batch is not agreed upon: an Ack is that of the batch, whatever its number was then.
    private static CentralInventory asAnswerTo(SensorInventory message, CentralInventory answer) {
        if (!message.hasBatch()) return answer;
        var ack = answer.getAck().toBuilder().setSequence(message.getBatch().getSequence());
        return answer.toBuilder().setAck(ack).build();
    }

    private record Heard<Q, A>(StreamObserver<A> responses, java.util.function.Consumer<Q> listener)
            implements StreamObserver<Q> {
        @Override
        public void onNext(Q message) {
            listener.accept(message);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
            responses.onCompleted();
        }
    }
}
