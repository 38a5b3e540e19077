package bulwark.model.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which labels an object must have: all of `matchLabels` and all of `matchExpressions`; empty matches everything.
/// Semantics: <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors>
public record LabelSelector(Map<String, String> matchLabels, List<Expression> matchExpressions) {
    /// Matches everything.
    public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

    public LabelSelector {
        matchLabels = java.util.Collections.unmodifiableMap(new TreeMap<>(matchLabels));
        matchExpressions = List.copyOf(matchExpressions);
    }

    /// Whether an object with these labels is selected. An operator that the API does not know selects nothing.
    public boolean matches(Map<String, String> labels) {
        for (var wanted : matchLabels.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) return false;
        }
        for (Expression expression : matchExpressions) {
            if (!expression.matches(labels)) return false;
        }
        return true;
    }

    /// One condition on one label; `operator` is the API's word (`In`, `NotIn`, `Exists`, `DoesNotExist`).
    public record Expression(String key, String operator, List<String> values) {
        public Expression {
            values = List.copyOf(values);
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default -> false;
            };
        }
    }
}
