package bulwark.policy.part;

/// What a criterion found in a part: the path of the field, its value as text, and a sentence for a person. Criteria
/// that look at the same part may share the sentence.
public record Finding(String fieldPath, String value, String message) {}
