package bulwark.central.notifier;

import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.central.notifier.plugin.Delivery;
import bulwark.central.notifier.plugin.Message;
import bulwark.central.notifier.plugin.Notifier;
import bulwark.central.view.StoredDocuments;
import bulwark.model.policy.Severity;
import bulwark.store.outbox.Outbox;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes messages from the outbox to the notifiers: first one row for each notifier that wants it, then each notifier's
/// rows by a thread of its own. A round waits for its slowest receiver, but for one answer of it only: after a delivery
/// that failed, what else is due to that notifier is left to the next round.
public final class DeliveryFlow {
    private static final int AT_ONCE = 500;
    private static final int EACH = 50;
    private static final int SIDE_BY_SIDE = 20;

    private final NotifierStore notifiers;
    private final Outbox outbox;
    private final StoredDocuments documents = new StoredDocuments();
    private final ChangeFeed feed;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(SIDE_BY_SIDE);

    DeliveryFlow(NotifierStore notifiers, Outbox outbox, ChangeFeed feed, InstantSource clock) {
        this.notifiers = notifiers;
        this.outbox = outbox;
        this.feed = feed;
        this.clock = clock;
    }

    /// One round over all that is due.
    public void deliverDue() throws InterruptedException, ExecutionException {
        List<NotifierStore.Configured> enabled = notifiers.enabled();
        fanOut(enabled);
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> rounds = enabled.stream()
                    .map(notifier -> tasks.submit(() -> deliverTo(notifier)))
                    .toList();
            int tried = 0;
            for (Future<Integer> round : rounds) tried += round.get();
            if (tried > 0) feed.post(Change.of(Change.Kind.NOTIFIER));
        }
    }

    private void fanOut(List<NotifierStore.Configured> enabled) {
        int moved = AT_ONCE;
        while (moved == AT_ONCE) moved = outbox.moveDue(Message.TOPIC, AT_ONCE, payload -> topics(enabled, payload));
    }

    /// Who wants a message. One that cannot be read goes to all, whose delivery then fails with the reason.
    private List<String> topics(List<NotifierStore.Configured> enabled, String payload) {
        if (enabled.isEmpty()) return List.of();
        Severity severity = severity(payload);
        return enabled.stream()
                .filter(notifier -> severity.compareTo(notifier.minimumSeverity()) >= 0)
                .map(notifier -> NotifierStore.topic(notifier.id()))
                .toList();
    }

    private Severity severity(String payload) {
        try {
            return documents.read(Message.class, payload).alert().severity();
        } catch (IllegalStateException _) {
            return Severity.CRITICAL;
        }
    }

    private int deliverTo(NotifierStore.Configured notifier) throws InterruptedException {
        var failed = new AtomicBoolean();
        int tried = 0;
        places.acquire();
        try {
            for (int last = 1; last > 0 && tried < EACH && !failed.get(); tried += last) {
                last = outbox.deliverDue(NotifierStore.topic(notifier.id()), 1, row -> {
                    failed.set(true);
                    deliver(notifier, documents.read(Message.class, row.payload()));
                    failed.set(false);
                });
            }
            return tried;
        } finally {
            places.release();
        }
    }

    private void deliver(NotifierStore.Configured configured, Message message) throws Exception {
        Notifier notifier = Notifiers.of(configured.type())
                .orElseThrow(() -> new IllegalStateException("this version has no notifier " + configured.type()));
        switch (notifier.deliver(message, configured.settings())) {
            case Delivery.Delivered _ -> notifiers.noteDelivered(configured.id(), clock.instant());
            case Delivery.Failed failed -> {
                notifiers.noteFailed(configured.id(), failed.reason());
                throw new IOException(failed.reason());
            }
        }
    }
}
