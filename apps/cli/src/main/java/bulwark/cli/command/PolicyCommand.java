package bulwark.cli.command;

import bulwark.cli.output.Printer;
import bulwark.cli.output.Printer.Column;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `bulwark policy`: what is asked of workloads.
@Command(name = "policy", description = "What is asked of workloads.", mixinStandardHelpOptions = true)
public final class PolicyCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.of("SEVERITY", "severity"),
            Column.of("NAME", "name"),
            new Column("ON", row -> row.path("disabled").asBoolean() ? "off" : "on"),
            Column.of("ALERTS", "alerts"),
            Column.of("STAGES", "stages"),
            Column.of("CATEGORIES", "categories"),
            Column.of("ID", "id"));

    @Command(
            name = "list",
            description = "Policies with their open alerts.",
            mixinStandardHelpOptions = true,
            footer = {"", "Fields: policy severity category stage disabled default alerts"})
    int list(@Mixin ListOptions list) {
        return list.run("/policies", COLUMNS, "No policies.");
    }

    @Command(name = "show", description = "One policy with its criteria.", mixinStandardHelpOptions = true)
    int show(@Mixin Options options, @Parameters(paramLabel = "ID|NAME") String id) {
        var client = options.client();
        options.printer().tree(client.get("/policies/" + Ids.of(client, "/policies", "policy", "name", id)));
        return 0;
    }

    @Command(name = "enable", description = "Switches a policy on.", mixinStandardHelpOptions = true)
    int enable(@Mixin Options options, @Parameters(paramLabel = "ID|NAME") String id) {
        return change(options, id, false);
    }

    @Command(
            name = "disable",
            description = "Switches a policy off; its alerts are resolved.",
            mixinStandardHelpOptions = true)
    int disable(@Mixin Options options, @Parameters(paramLabel = "ID|NAME") String id) {
        return change(options, id, true);
    }

    private static int change(Options options, String id, boolean disabled) {
        var client = options.client();
        String found = Ids.of(client, "/policies", "policy", "name", id);
        var body = JsonNodeFactory.instance.objectNode().put("disabled", disabled);
        var policy = client.send("PATCH", "/policies/" + found, body);
        Printer printer = options.printer();
        if (printer.isForPeople()) {
            printer.line("'" + policy.path("name").asText() + "' is " + (disabled ? "off" : "on") + ".");
        } else {
            printer.tree(policy);
        }
        return 0;
    }
}
