package bulwark.cli.command;

import bulwark.cli.output.Printer;
import bulwark.cli.output.Printer.Column;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bulwark token`: API tokens for programs.
@Command(name = "token", description = "API tokens for programs.", mixinStandardHelpOptions = true)
public final class TokenCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "name"),
            Column.of("ROLE", "role"),
            Column.of("CLUSTERS", "scope.clusterIds"),
            Column.of("NAMESPACES", "scope.namespaces"),
            Column.time("EXPIRES", "expiresAt"),
            Column.time("LAST USED", "lastUsedAt"),
            Column.of("ID", "id"));

    @Command(name = "list", description = "Tokens, without their secrets.", mixinStandardHelpOptions = true)
    int list(@Mixin ListOptions list) {
        return list.run("/tokens", COLUMNS, "No tokens.");
    }

    @Command(name = "create", description = "Makes a token; its secret is shown once.", mixinStandardHelpOptions = true)
    int create(
            @Mixin Options options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = "admin, analyst or viewer")
                    String role,
            @Option(names = "--cluster", paramLabel = "ID|NAME", description = "only this cluster (may be repeated)")
                    @Nullable
                    List<String> clusters,
            @Option(names = "--namespace", paramLabel = "NAME", description = "only this namespace (may be repeated)")
                    @Nullable
                    List<String> namespaces,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description = "days until it expires. Default: ${DEFAULT-VALUE}",
                            defaultValue = "90")
                    int days) {
        var client = options.client();
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("role", role.toUpperCase(Locale.ROOT))
                .put("expiresInDays", days);
        var scope = body.putObject("scope");
        var clusterIds = scope.putArray("clusterIds");
        if (clusters != null) {
            clusters.forEach(given -> clusterIds.add(Ids.of(client, "/clusters", "cluster", "name", given)));
        }
        var names = scope.putArray("namespaces");
        if (namespaces != null) namespaces.forEach(names::add);
        var made = client.send("POST", "/tokens", body);
        Printer printer = options.printer();
        if (printer.isForPeople()) printer.line(made.path("secret").asText());
        else printer.tree(made);
        return 0;
    }

    @Command(name = "revoke", description = "Revokes a token at once.", mixinStandardHelpOptions = true)
    int revoke(@Mixin Options options, @Parameters(paramLabel = "ID|NAME") String id) {
        var client = options.client();
        client.send("DELETE", "/tokens/" + Ids.of(client, "/tokens", "name", "name", id), null);
        if (options.printer().isForPeople()) options.printer().line("Revoked.");
        return 0;
    }
}
