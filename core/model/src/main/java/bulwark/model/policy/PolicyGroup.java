package bulwark.model.policy;

import java.util.List;

/// One criterion with its values: combined by the operator, then negated if so said.
public record PolicyGroup(String field, Operator operator, boolean negate, List<String> values) {
    public PolicyGroup {
        values = List.copyOf(values);
    }

    /// How the values of one criterion combine.
    public enum Operator {
        OR,
        AND
    }
}
