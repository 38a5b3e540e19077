package bulwark.model.alert;

/// One thing found wrong: which policy and section, which criterion, in which container (empty where it is about the
/// whole workload), which field of the object, which value was found, and a sentence that says so to a person.
public record Violation(
        String policyId,
        String section,
        String criterion,
        String container,
        String fieldPath,
        String value,
        String message) {}
