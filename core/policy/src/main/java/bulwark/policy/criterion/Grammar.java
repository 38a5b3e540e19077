package bulwark.policy.criterion;

import bulwark.model.policy.EventSource;
import bulwark.policy.pattern.Comparison;
import bulwark.policy.pattern.LooseText;
import bulwark.policy.pattern.Patterns;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which values a criterion takes: what a form offers and what the API accepts.
public sealed interface Grammar {
    /// A pattern over the whole text.
    record Text() implements Grammar {}

    /// The beginning of a text, or `r/` and a pattern, or `"…"` and the whole text.
    record Beginning() implements Grammar {}

    /// `true` or `false`.
    record Flag() implements Grammar {}

    /// A number of days or the like: digits.
    record Whole() implements Grammar {}

    /// A number with `<`, `<=`, `>=`, `>` or nothing before it.
    record Amount(String unit) implements Grammar {}

    /// One of these words.
    record Choice(List<String> words) implements Grammar {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /// One of these words, with a comparison before it or not.
    record Ranked(List<String> words) implements Grammar {
        public Ranked {
            words = List.copyOf(words);
        }
    }

    /// `key=value`, both patterns, the key not empty.
    record KeyValue() implements Grammar {}

    /// `key=value` or a key alone, both patterns.
    record KeyMaybeValue() implements Grammar {}

    /// `SOURCE=key=value`; for a reference the value must be empty, since nobody reads the Secret, but in policies
    /// that were saved before that was asked.
    record Variable(boolean valueOfReferences) implements Grammar {}

    /// `INSTRUCTION=pattern`; FROM finds nothing and is refused, but in policies that were saved before.
    record DockerfileLine(boolean from) implements Grammar {
        private static final Set<String> INSTRUCTIONS = Set.of(
                "",
                "ADD",
                "ARG",
                "CMD",
                "COPY",
                "ENTRYPOINT",
                "ENV",
                "EXPOSE",
                "LABEL",
                "MAINTAINER",
                "ONBUILD",
                "RUN",
                "STOPSIGNAL",
                "USER",
                "VOLUME",
                "WORKDIR");
    }

    /// Other values for requests seen by admission than for the audit log.
    record BySource(Grammar requests, Grammar auditLog) implements Grammar {}

    /// A form that an own check knows, with words for it.
    record Other(String form, Predicate<String> check) implements Grammar {}

    /// What was expected where a value is not accepted; empty where it is.
    default Optional<String> problem(String value, Patterns patterns) {
        boolean accepted = switch (this) {
            case Text _, Beginning _, KeyMaybeValue _ -> !value.isBlank();
            case Flag _ -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case Whole _ -> isDigits(value);
            case Amount _ -> Comparison.parse(value).isPresent();
            case Choice(var words) -> words.contains(value.toUpperCase(Locale.ROOT));
            case Ranked(var words) ->
                words.contains(withoutOperator(value).strip().toUpperCase(Locale.ROOT));
            case KeyValue _ -> value.indexOf('=') > 0;
            case Variable(var valueOfReferences) -> isVariable(value, valueOfReferences);
            case DockerfileLine(var from) -> isDockerfileLine(value, from);
            case BySource(var requests, var auditLog) ->
                requests.problem(value, patterns).isEmpty()
                        || auditLog.problem(value, patterns).isEmpty();
            case Other other -> other.check().test(value);
        };
        return accepted ? patternProblem(value, patterns) : Optional.of(expected());
    }

    /// The grammar of policies from a source of events.
    default Grammar under(EventSource source) {
        if (!(this instanceof BySource(var requests, var auditLog))) return this;
        return source == EventSource.AUDIT_LOG_EVENT ? auditLog : requests;
    }

    /// The grammar that policies which are there already are held to.
    default Grammar lenient() {
        return switch (this) {
            case Variable _ -> new Variable(true);
            case DockerfileLine _ -> new DockerfileLine(true);
            default -> this;
        };
    }

    /// The form in words, for a person.
    default String expected() {
        return switch (this) {
            case Text _ -> "a pattern that is not blank";
            case Beginning _ -> "a text that is not blank";
            case Flag _ -> "true or false";
            case Whole _ -> "digits";
            case Amount(var unit) ->
                "a number" + (unit.isEmpty() ? "" : " of " + unit) + " with <, <=, >=, > or nothing before it";
            case Choice(var words) -> "one of " + String.join(", ", words);
            case Ranked(var words) -> "one of " + String.join(", ", words) + " with <, <=, >=, > or nothing before it";
            case KeyValue _ -> "key=value";
            case KeyMaybeValue _ -> "key=value or a key";
            case Variable _ -> "SOURCE=key=value, the value empty unless SOURCE is RAW, UNSET, UNKNOWN or empty";
            case DockerfileLine _ -> "INSTRUCTION=pattern, the instruction one of Dockerfile's but FROM, or empty";
            case BySource(var requests, var auditLog) ->
                requests.expected() + "; of the audit log " + auditLog.expected();
            case Other other -> other.form();
        };
    }

    private Optional<String> patternProblem(String value, Patterns patterns) {
        return switch (this) {
            case Text _ -> patterns.problem(value);
            case Beginning _ -> LooseText.problem(value, patterns);
            case KeyValue _, KeyMaybeValue _ -> firstProblem(patterns, value.split("=", 2));
            case Variable _ -> firstProblem(patterns, value.split("=", 3));
            case DockerfileLine _ -> firstProblem(patterns, value.split("=", 2));
            case Flag _, Whole _, Amount _, Choice _, Ranked _, BySource _, Other _ -> Optional.empty();
        };
    }

    private static Optional<String> firstProblem(Patterns patterns, String[] parts) {
        for (String part : parts) {
            var problem = patterns.problem(part);
            if (problem.isPresent()) return problem;
        }
        return Optional.empty();
    }

    private static boolean isDigits(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String withoutOperator(String value) {
        if (value.startsWith("<=") || value.startsWith(">=")) return value.substring(2);
        return value.startsWith("<") || value.startsWith(">") ? value.substring(1) : value;
    }

    private static boolean isVariable(String value, boolean valueOfReferences) {
        String[] parts = value.split("=", 3);
        if (parts.length != 3) return false;
        return switch (parts[0].toUpperCase(Locale.ROOT)) {
            case "", "RAW", "UNSET", "UNKNOWN" -> true;
            case "SECRET_KEY", "CONFIG_MAP_KEY", "FIELD", "RESOURCE_FIELD" -> valueOfReferences || parts[2].isEmpty();
            default -> false;
        };
    }

    private static boolean isDockerfileLine(String value, boolean from) {
        int at = value.indexOf('=');
        if (at < 0) return false;
        String instruction = value.substring(0, at).toUpperCase(Locale.ROOT);
        return DockerfileLine.INSTRUCTIONS.contains(instruction) || (from && instruction.equals("FROM"));
    }
}
