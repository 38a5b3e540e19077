package bulwark.policy;

import bulwark.model.alert.Violation;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.pattern.Patterns;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Runs the conformance cases of the policy language that a folder holds: those whose criteria are built; the others
/// are counted with the reason. `main` takes the conformance folder and prints a line a suite.
public final class PolicyConformance {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private final Path folder;

    /// `folder` is the one that holds `policy/`.
    public PolicyConformance(Path folder) {
        this.folder = folder.resolve("policy");
    }

    /// The folder that the build or its caller names; empty where there is none.
    public static Optional<Path> usualFolder() {
        String given = System.getProperty("bulwark.conformance", "");
        Path root = Path.of(System.getProperty("bulwark.root", "../.."));
        Path folder = given.isEmpty() ? root.resolve("../shared/conformance") : Path.of(given);
        return Files.isDirectory(folder.resolve("policy")) ? Optional.of(folder) : Optional.empty();
    }

    /// Prints what passed, failed and was skipped; exit status 1 where something failed.
    public static void main(String[] arguments) throws IOException {
        Path folder =
                arguments.length > 0 ? Path.of(arguments[0]) : usualFolder().orElse(Path.of("."));
        boolean failed = false;
        for (Suite suite : new PolicyConformance(folder).run()) {
            System.out.println(suite.summary());
            suite.failed.forEach(name -> System.out.println("  failed: " + name));
            suite.skipped.forEach((reason, count) -> System.out.println("  skipped: " + count + " " + reason));
            failed |= !suite.failed.isEmpty();
        }
        if (failed) System.exit(1);
    }

    /// All suites.
    public List<Suite> run() throws IOException {
        return List.of(
                suite("policy/fields", "fields.jsonl", this::field),
                suite("policy/grammar", "grammar.jsonl", this::grammar),
                suite("policy/policies", "policies.jsonl", this::policy));
    }

    private Suite suite(String name, String file, Case test) throws IOException {
        var suite = new Suite(name);
        Path path = folder.resolve(file);
        if (!Files.exists(path)) return suite;
        for (String line : Files.readAllLines(path)) {
            if (line.isBlank()) continue;
            JsonNode node = MAPPER.readTree(line);
            suite.add(node.path("id").asText(), test.run(node));
        }
        return suite;
    }

    private Outcome field(JsonNode node) {
        Policy stated = PolicyCases.policy(node.path("policy"), node.path("id").asText());
        var missing = notBuilt(stated);
        if (!missing.isEmpty()) return new Outcome.Skipped("criterion not built: " + missing);
        var input = PolicyCases.input(node.path("input"));
        if (input.isEmpty()) return new Outcome.Skipped("input is no workload: " + keys(node.path("input")));
        var policy = PolicyCases.policy(
                stated.id(), stated.name(), List.of(LifecycleStage.DEPLOY), stated.eventSource(), stated.sections());
        var evaluator = PolicyEvaluator.compile(List.of(policy));
        if (!evaluator.rejections().isEmpty())
            return new Outcome.Failed(evaluator.rejections().toString());
        var violations = evaluator.evaluate(input.get(), NOW).violations();
        var expected = node.path("expect");
        if (expected.path("violated").asBoolean() == violations.isEmpty()) {
            return new Outcome.Failed("expected violated: " + expected.path("violated") + ", came " + violations);
        }
        long messages = violations.stream().map(Violation::message).distinct().count();
        if (expected.has("violations") && expected.get("violations").asLong() != messages) {
            return new Outcome.Failed("expected " + expected.get("violations") + " messages, came " + violations);
        }
        return new Outcome.Passed();
    }

    private Outcome grammar(JsonNode node) {
        var limits = PolicyLimits.USUAL;
        var patterns = new Patterns(limits.maxPatternLength(), limits.maxPatternSize());
        var description = Criteria.described(node.path("field").asText());
        if (description.isEmpty()) return new Outcome.Failed("unknown criterion " + node.path("field"));
        String value = node.path("value").asText();
        var source = EventSource.valueOf(node.path("eventSource").asText("NOT_APPLICABLE"));
        boolean lenient =
                !node.path("strict").asBoolean(true) || node.path("fromAllowed").asBoolean();
        Grammar saved = description.get().grammar().under(source);
        Grammar grammar = lenient ? saved.lenient() : saved;
        boolean accepted = grammar.problem(value, patterns).isEmpty();
        return accepted == node.path("valid").asBoolean()
                ? new Outcome.Passed()
                : new Outcome.Failed(
                        node.path("field") + " '" + value + "' was " + (accepted ? "accepted" : "refused"));
    }

    private Outcome policy(JsonNode node) {
        Policy policy = PolicyCases.policy(node.path("policy"), node.path("id").asText());
        var missing = notBuilt(policy);
        if (!missing.isEmpty()) return new Outcome.Skipped("criterion not built: " + missing);
        var problems = PolicyValidation.of(policy);
        return problems.isEmpty() == node.path("valid").asBoolean()
                ? new Outcome.Passed()
                : new Outcome.Failed("problems: " + problems);
    }

    private static String notBuilt(Policy policy) {
        return policy.sections().stream()
                .flatMap(section -> section.groups().stream())
                .map(group -> group.field())
                .filter(field -> Criteria.named(field).isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String keys(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return String.join(", ", names);
    }

    private interface Case {
        Outcome run(JsonNode node);
    }

    private sealed interface Outcome {
        record Passed() implements Outcome {}

        record Failed(String why) implements Outcome {}

        record Skipped(String why) implements Outcome {}
    }

    /// What came of the cases of one suite.
    public static final class Suite {
        private final String name;
        private int passed;
        private final List<String> failed = new ArrayList<>();
        private final Map<String, Integer> skipped = new TreeMap<>();

        Suite(String name) {
            this.name = name;
        }

        private void add(String id, Outcome outcome) {
            switch (outcome) {
                case Outcome.Passed() -> passed++;
                case Outcome.Failed(var why) -> failed.add(id + " (" + why + ")");
                case Outcome.Skipped(var why) -> skipped.merge(why, 1, Integer::sum);
            }
        }

        /// The suite's name.
        public String name() {
            return name;
        }

        /// How many cases passed.
        public int passed() {
            return passed;
        }

        /// The failing cases, each with what came.
        public List<String> failed() {
            return List.copyOf(failed);
        }

        /// How many cases were skipped, by reason.
        public Map<String, Integer> skipped() {
            return Map.copyOf(skipped);
        }

        /// `SUITE: N passed, N failed, N skipped`.
        public String summary() {
            int left = skipped.values().stream().mapToInt(Integer::intValue).sum();
            return name + ": " + passed + " passed, " + failed.size() + " failed, " + left + " skipped";
        }
    }
}
