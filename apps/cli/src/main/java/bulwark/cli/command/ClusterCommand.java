package bulwark.cli.command;

import bulwark.cli.api.CommandFailure;
import bulwark.cli.output.Printer;
import bulwark.cli.output.Printer.Column;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bulwark cluster`: which clusters are guarded.
@Command(
        name = "cluster",
        description = "Which clusters are guarded, and how they are.",
        mixinStandardHelpOptions = true)
public final class ClusterCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "name"),
            Column.of("STATUS", "status"),
            Column.of("NODES", "nodes"),
            Column.of("WORKLOADS", "workloads"),
            Column.of("PODS", "pods"),
            Column.of("KUBERNETES", "kubernetesVersion"),
            Column.of("SENSOR", "sensorVersion"),
            Column.time("LAST CONTACT", "lastContactAt"),
            new Column(
                    "MISSING PERMISSIONS",
                    row -> String.valueOf(row.path("missingPermissions").size())),
            Column.of("ID", "id"));

    @Command(
            name = "list",
            description = "Clusters with their health.",
            mixinStandardHelpOptions = true,
            footer = {"", "Fields: cluster status"})
    int list(@Mixin ListOptions list) {
        return list.run("/clusters", COLUMNS, "No clusters. `bulwark cluster add NAME` adds one.");
    }

    @Command(
            name = "show",
            description = "One cluster, with the permissions that Sensor lacks.",
            mixinStandardHelpOptions = true)
    int show(@Mixin Options options, @Parameters(paramLabel = "ID|NAME") String id) {
        var client = options.client();
        options.printer().tree(client.get("/clusters/" + Ids.of(client, "/clusters", "cluster", "name", id)));
        return 0;
    }

    @Command(
            name = "add",
            aliases = "register",
            description = "Makes the single-use secret with which a Sensor joins.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin Options options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--valid-minutes",
                            paramLabel = "N",
                            description = "how long it can be used. Default: ${DEFAULT-VALUE}",
                            defaultValue = "60")
                    int minutes) {
        var body = JsonNodeFactory.instance.objectNode().put("name", name).put("validMinutes", minutes);
        var made = options.client().send("POST", "/clusters", body);
        Printer printer = options.printer();
        if (!printer.isForPeople()) {
            printer.tree(made);
            return 0;
        }
        printer.line("Give this to Sensor once (--registration), before "
                + made.path("expiresAt").asText() + ". It is not shown again:\n");
        printer.line(made.path("secret").asText());
        return 0;
    }

    @Command(
            name = "remove",
            description = "Cuts a cluster off at once and forgets its objects; its alerts are resolved.",
            mixinStandardHelpOptions = true)
    int remove(
            @Mixin Options options,
            @Parameters(paramLabel = "ID|NAME") String id,
            @Option(names = "--yes", description = "do not ask") boolean yes) {
        var client = options.client();
        String found = Ids.of(client, "/clusters", "cluster", "name", id);
        if (!yes)
            throw new CommandFailure("this removes cluster '" + id + "' and everything known of it; repeat with --yes");
        client.send("DELETE", "/clusters/" + found, null);
        if (options.printer().isForPeople()) options.printer().line("Removed.");
        return 0;
    }
}
