package bulwark.central.flow;

import bulwark.central.notifier.plugin.Message;
import bulwark.central.view.StoredDocuments;
import bulwark.store.outbox.Outbox;
import java.util.List;
import org.jooq.DSLContext;

/// Announces what happened to alerts, in the transaction that made it happen: topic [#TOPIC], a [Message] each.
public final class AlertOutbox {
    /// Where notifiers hear of alerts.
    public static final String TOPIC = "alert";

    private final Outbox outbox;
    private final StoredDocuments documents = new StoredDocuments();

    public AlertOutbox(Outbox outbox) {
        this.outbox = outbox;
    }

    void add(DSLContext transaction, List<Message> messages) {
        outbox.appendAll(
                transaction, TOPIC, messages.stream().map(documents::text).toList());
    }
}
