package bulwark.cli.command;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.CommandFailure;
import bulwark.cli.output.PlainText;
import bulwark.cli.output.Printer;
import bulwark.cli.output.Printer.Column;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bulwark alert`: read alerts and work on them.
@Command(name = "alert", description = "What is wrong with the workloads.", mixinStandardHelpOptions = true)
public final class AlertCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.of("SEVERITY", "severity"),
            Column.of("POLICY", "policyName"),
            Column.of("CLUSTER", "workload.clusterName"),
            Column.of("NAMESPACE", "workload.namespace"),
            new Column(
                    "WORKLOAD",
                    row -> row.at("/workload/kind").asText() + "/"
                            + row.at("/workload/name").asText()),
            Column.of("STATE", "state"),
            Column.time("SINCE", "firstSeenAt"),
            Column.of("ID", "id"));

    private static final Pattern HOURS = Pattern.compile("(\\d{1,5})([mhd])");

    @Command(
            name = "list",
            description = "Alerts, worst first; open ones unless the filter names a state.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Fields: state severity policy policyId category cluster clusterId namespace kind workload platform",
                "        firstSeenAt changedAt",
                "Example: bulwark alert list severity:HIGH,CRITICAL platform:false"
            })
    int list(@Mixin ListOptions list) {
        return list.run("/alerts", COLUMNS, "No alerts.");
    }

    @Command(
            name = "show",
            description = "One alert: which field of which container, which value, and how to fix it.",
            mixinStandardHelpOptions = true)
    int show(@Mixin Options options, @Parameters(paramLabel = "ID") String id) {
        JsonNode alert = options.client().get("/alerts/" + ApiClient.query(id));
        Printer printer = options.printer();
        if (!printer.isForPeople()) {
            printer.tree(alert);
            return 0;
        }
        JsonNode workload = alert.path("workload");
        printer.line(one(alert, "severity") + "  " + one(alert, "policyName"));
        printer.line(one(workload, "kind") + "/" + one(workload, "name") + " in namespace " + one(workload, "namespace")
                + " of cluster " + one(workload, "clusterName"));
        printer.line(one(alert, "state") + " since " + Printer.seconds(one(alert, "firstSeenAt")));
        printer.line("");
        for (JsonNode violation : alert.path("violations")) {
            printer.line("  " + one(violation, "message"));
            printer.line("    " + one(violation, "fieldPath") + " = " + one(violation, "value"));
        }
        printer.line("\nWhy it matters\n  " + alert.path("rationale").asText());
        printer.line("\nHow to fix it\n  " + alert.path("remediation").asText());
        printer.line("\nHistory");
        for (JsonNode event : alert.path("history")) {
            printer.line("  " + Printer.seconds(one(event, "at")) + "  " + one(event, "actor") + "  "
                    + one(event, "action").toLowerCase(Locale.ROOT) + "  " + one(event, "text"));
        }
        return 0;
    }

    /// A field as one line, whoever wrote it.
    private static String one(JsonNode node, String field) {
        return PlainText.line(node.path(field).asText());
    }

    @Command(name = "comment", description = "Adds a comment.", mixinStandardHelpOptions = true)
    int comment(
            @Mixin Options options,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "TEXT") String text) {
        var body = JsonNodeFactory.instance.objectNode().put("text", text);
        options.client().send("POST", "/alerts/" + ApiClient.query(id) + "/comments", body);
        return said(options, "Commented.");
    }

    @Command(name = "snooze", description = "Keeps an alert quiet for a while.", mixinStandardHelpOptions = true)
    int snooze(
            @Mixin Options options,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            required = true,
                            description = "30m, 8h, 14d, or a time like 2026-12-01T08:00:00Z")
                    String time,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "") String reason) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "until",
                        until(time, Instant.now().truncatedTo(ChronoUnit.SECONDS))
                                .toString());
        if (!reason.isEmpty()) body.put("reason", reason);
        options.client().send("POST", "/alerts/" + ApiClient.query(id) + "/snooze", body);
        return said(options, "Snoozed until " + body.path("until").asText() + ".");
    }

    @Command(
            name = "resolve",
            description =
                    "Resolves an alert by hand; it stays so while the same is found, and opens again when something else is.",
            mixinStandardHelpOptions = true)
    int resolve(
            @Mixin Options options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        var body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        options.client().send("POST", "/alerts/" + ApiClient.query(id) + "/resolve", body);
        return said(options, "Resolved.");
    }

    static Instant until(String text, Instant now) {
        var length = HOURS.matcher(text);
        if (length.matches()) {
            long number = Long.parseLong(length.group(1));
            return now.plus(
                    switch (length.group(2)) {
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandFailure("--for: expected 30m, 8h, 14d or a time like 2026-12-01T08:00:00Z, got: " + text);
        }
    }

    private static int said(Options options, String line) {
        Printer printer = options.printer();
        if (printer.isForPeople()) printer.line(line);
        return 0;
    }
}
