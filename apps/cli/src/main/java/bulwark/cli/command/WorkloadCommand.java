package bulwark.cli.command;

import bulwark.cli.output.Printer.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `bulwark workload`: what runs.
@Command(name = "workload", description = "What runs in the clusters.", mixinStandardHelpOptions = true)
public final class WorkloadCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.of("CLUSTER", "clusterName"),
            Column.of("NAMESPACE", "namespace"),
            Column.of("KIND", "kind"),
            Column.of("NAME", "name"),
            Column.of("PODS", "pods"),
            Column.of("CRITICAL", "alerts.CRITICAL"),
            Column.of("HIGH", "alerts.HIGH"),
            Column.of("MEDIUM", "alerts.MEDIUM"),
            Column.of("LOW", "alerts.LOW"),
            Column.of("IMAGES", "images"),
            Column.of("ID", "id"));

    @Command(
            name = "list",
            description = "Workloads with their open alerts, worst first.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Fields: cluster clusterId namespace kind workload image label platform alerts pods",
                "Example: bulwark workload list namespace:shop alerts:>0"
            })
    int list(@Mixin ListOptions list) {
        return list.run("/workloads", COLUMNS, "No workloads.");
    }

    @Command(
            name = "show",
            description = "One workload as it is stored, with its pods, alerts and what could not be decided.",
            mixinStandardHelpOptions = true)
    int show(@Mixin Options options, @Parameters(paramLabel = "ID|NAME") String id) {
        var client = options.client();
        options.printer().tree(client.get("/workloads/" + Ids.of(client, "/workloads", "workload", "name", id)));
        return 0;
    }
}
