package bulwark.central.alert;

import bulwark.central.view.AlertRow;
import bulwark.model.alert.Violation;
import bulwark.model.policy.MitreVector;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/// An alert with what was found, its policy's advice and its history.
record AlertDetail(
        @JsonUnwrapped AlertRow row,
        List<Violation> violations,
        @JsonUnwrapped Advice advice,
        List<Event> history) {
    AlertDetail {
        violations = List.copyOf(violations);
        history = List.copyOf(history);
    }

    /// What the policy says about why it matters and how to fix it; empty where the policy is gone.
    record Advice(String description, String rationale, String remediation, List<MitreVector> mitre) {
        static final Advice NONE = new Advice("", "", "", List.of());

        Advice {
            mitre = List.copyOf(mitre);
        }
    }

    /// Something that happened to the alert; the actor is `system` where no person did it.
    record Event(@JsonProperty("at") Instant at, String actor, Action action, String text) {}

    /// What can happen to an alert.
    enum Action {
        OPENED,
        CHANGED,
        COMMENTED,
        SNOOZED,
        UNSNOOZED,
        RESOLVED
    }
}
