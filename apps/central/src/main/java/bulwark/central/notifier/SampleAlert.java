package bulwark.central.notifier;

import bulwark.model.alert.Alert;
import bulwark.model.alert.AlertState;
import bulwark.model.alert.Violation;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.policy.Severity;
import java.time.Instant;
import java.util.List;

/// The made-up alert of a test message.
final class SampleAlert {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private SampleAlert() {}

    static Alert at(Instant now) {
        return new Alert(
                NOBODY,
                NOBODY,
                "Test of a notifier",
                Severity.LOW,
                List.of("Test"),
                NOBODY,
                "no cluster",
                new ObjectKey(ObjectType.WORKLOAD, "Deployment", "test", "test"),
                false,
                AlertState.OPEN,
                null,
                List.of(new Violation(NOBODY, "", "Test", "", "", "", "Somebody tries whether messages arrive")),
                now,
                now,
                null,
                null);
    }
}
