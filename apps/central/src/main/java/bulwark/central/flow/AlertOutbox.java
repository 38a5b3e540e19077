package bulwark.central.flow;

import bulwark.central.notifier.plugin.Message;
import java.util.List;
import org.jooq.DSLContext;

/// Announces what happened to alerts, in the transaction that made it happen.
final class AlertOutbox {
    void add(DSLContext transaction, List<Message> messages) {
        if (messages.isEmpty()) return;
    }
}
