package bulwark.cli.command;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.CommandFailure;
import bulwark.cli.output.Printer;
import bulwark.cli.output.Printer.Column;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What every list has: the filter language of the API, order, size, and watching.
final class ListOptions {
    private static final int PAGE = 500;
    private static final int COUNTED = 1_000;

    @Mixin
    private Options options = new Options();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILTER",
            description = {
                "field:value terms, all of which must hold: severity:HIGH,CRITICAL namespace:shop* -kind:Job",
                "A word without a field is searched in the names. Dates and numbers take > >= < <=."
            })
    private List<String> filter = List.of();

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "order by this field; a leading - for descending (--sort=-firstSeenAt)")
    private @Nullable String sort;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "rows at most. Default: ${DEFAULT-VALUE}",
            defaultValue = "100")
    private int limit = 100;

    @Option(names = "--all", description = "every row, however many")
    private boolean all;

    @Option(names = "--watch", description = "show the list again whenever it changes, until interrupted")
    private boolean watch;

    int run(String path, List<Column> columns, String none) {
        if (limit < 1) throw new CommandFailure("--limit: expected 1 or more, got " + limit);
        ApiClient client = options.client();
        Printer printer = options.printer();
        if (!watch) {
            show(client, printer, path, columns, none);
            return 0;
        }
        // Central ends each stream after a while: then the next one begins, with what changed in between
        for (boolean first = true; true; first = false) {
            Runnable show = () -> show(client, printer, path, columns, none);
            boolean again = !first;
            client.onChange(
                    () -> {
                        if (again && printer.isForPeople()) printer.line("");
                        show.run();
                    },
                    () -> {
                        if (printer.isForPeople()) printer.line("");
                        show.run();
                    });
        }
    }

    private void show(ApiClient client, Printer printer, String path, List<Column> columns, String none) {
        ObjectNode answer = fetch(client, path);
        printer.list(answer, columns, none);
        int shown = answer.path("items").size();
        if (printer.isForPeople() && answer.has("next")) {
            printer.line(shown + " of " + total(answer.path("total")) + " shown; --all or --limit N for more");
        }
    }

    /// Central counts no further than one more than this.
    private static String total(JsonNode counted) {
        if (counted.asLong() > COUNTED) return String.format(Locale.ROOT, "more than %,d", COUNTED);
        return counted.asText("more");
    }

    private ObjectNode fetch(ApiClient client, String path) {
        int wanted = all ? Integer.MAX_VALUE : limit;
        ObjectNode first = page(client, path, null, wanted);
        ArrayNode items = first.withArray("items");
        JsonNode next = first.path("next");
        while (!next.isMissingNode() && items.size() < wanted) {
            ObjectNode more = page(client, path, next.asText(), wanted - items.size());
            items.addAll(more.withArray("items"));
            next = more.path("next");
        }
        if (next.isMissingNode()) first.remove("next");
        else first.set("next", next);
        return first;
    }

    private ObjectNode page(ApiClient client, String path, @Nullable String cursor, int rows) {
        var query = new StringBuilder(path).append("?limit=").append(Math.min(rows, PAGE));
        if (!filter.isEmpty()) query.append("&filter=").append(ApiClient.query(String.join(" ", filter)));
        if (sort != null) query.append("&sort=").append(ApiClient.query(sort));
        if (cursor != null) query.append("&cursor=").append(ApiClient.query(cursor));
        return (ObjectNode) client.get(query.toString());
    }
}
