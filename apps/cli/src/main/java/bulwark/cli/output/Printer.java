package bulwark.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes an answer of the API: a table for people, the API's own JSON or the same as YAML for programs.
public final class Printer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// How an answer is written.
    public enum Format {
        table,
        json,
        yaml
    }

    /// One column of a table and how its cell is read from a row.
    public record Column(String heading, Function<JsonNode, String> cell) {
        /// A column that shows a field; `path` may step into objects (`workload.name`).
        public static Column of(String heading, String path) {
            String pointer = "/" + path.replace('.', '/');
            return new Column(heading, row -> text(row.at(pointer)));
        }

        /// A column that shows a time to the second, which is what people compare.
        public static Column time(String heading, String path) {
            String pointer = "/" + path.replace('.', '/');
            return new Column(heading, row -> seconds(text(row.at(pointer))));
        }
    }

    private final Format format;
    private final PrintWriter out;

    public Printer(Format format, PrintWriter out) {
        this.format = format;
        this.out = out;
    }

    /// Whether people read this output.
    public boolean isForPeople() {
        return format == Format.table;
    }

    /// Writes a list: `page` as it came for programs, its `items` as rows for people.
    public void list(JsonNode page, List<Column> columns, String none) {
        if (format != Format.table) {
            tree(page);
            return;
        }
        JsonNode items = page.path("items");
        if (items.isEmpty()) {
            line(none);
            return;
        }
        var table = new Table(columns.stream().map(Column::heading).toList());
        for (JsonNode row : items) {
            table.add(columns.stream().map(column -> column.cell().apply(row)).toList());
        }
        out.print(table.text());
        out.flush();
    }

    /// Writes a tree as JSON or YAML; for people as YAML, which reads best.
    public void tree(JsonNode tree) {
        if (format == Format.json) out.println(pretty(tree));
        else out.print(yaml(tree));
        out.flush();
    }

    /// Text for a person, one line or several; what would harm a terminal shows as U+FFFD.
    public void line(String text) {
        out.println(PlainText.lines(text));
        out.flush();
    }

    /// A scalar as a cell; lists are joined, absent is empty.
    public static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) return "";
        if (node.isArray()) {
            var cells = new java.util.StringJoiner(",");
            node.forEach(item -> cells.add(text(item)));
            return cells.toString();
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }

    /// A time of the API without the part below a second.
    public static String seconds(String time) {
        return time.replaceFirst("\\.\\d+Z$", "Z");
    }

    private static String pretty(JsonNode tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String yaml(JsonNode tree) {
        var settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(JSON.convertValue(tree, Object.class));
    }
}
