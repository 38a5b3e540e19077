package bulwark.store.backup;

import bulwark.base.UserError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a backup holds: written as lines of words, the last entry of the file.
record Manifest(
        Instant createdAt, int postgres, Map<String, String> schemas, List<Table> tables, List<Attached> attachments) {
    /// One table: its columns in the order of its entry, its rows, and the SHA-256 of the entry.
    record Table(String name, long rows, String sha256, List<String> columns) {
        Table {
            columns = List.copyOf(columns);
        }

        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /// Something attached, and the SHA-256 of it.
    record Attached(String name, String sha256) {}

    static final String ENTRY = "manifest";
    private static final String FORM = "bulwark-backup 1";

    Manifest {
        schemas = Map.copyOf(schemas);
        tables = List.copyOf(tables);
        attachments = List.copyOf(attachments);
    }

    String text() {
        var text = new StringBuilder(FORM + "\n")
                .append("created ")
                .append(createdAt)
                .append("\npostgres ")
                .append(postgres)
                .append('\n');
        schemas.forEach((history, version) -> text.append("schema ")
                .append(history)
                .append(' ')
                .append(version)
                .append('\n'));
        for (Table table : tables) {
            text.append("table ")
                    .append(table.name())
                    .append(' ')
                    .append(table.rows())
                    .append(' ')
                    .append(table.sha256())
                    .append(' ')
                    .append(String.join(",", table.columns()))
                    .append('\n');
        }
        for (Attached each : attachments) {
            text.append("attachment ")
                    .append(each.name())
                    .append(' ')
                    .append(each.sha256())
                    .append('\n');
        }
        return text.toString();
    }

    static Manifest parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(FORM)) {
            throw unreadable("it begins with " + (lines.isEmpty() ? "nothing" : lines.getFirst()));
        }
        Instant createdAt = Instant.EPOCH;
        int postgres = 0;
        var schemas = new LinkedHashMap<String, String>();
        var tables = new ArrayList<Table>();
        var attachments = new ArrayList<Attached>();
        try {
            for (String line : lines.subList(1, lines.size())) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "created" -> createdAt = Instant.parse(words[1]);
                    case "postgres" -> postgres = Integer.parseInt(words[1]);
                    case "schema" -> schemas.put(words[1], words[2]);
                    case "table" ->
                        tables.add(new Table(
                                name(words[1]),
                                Long.parseLong(words[2]),
                                words[3],
                                List.of(words[4].split(",", -1)).stream()
                                        .map(Manifest::name)
                                        .toList()));
                    case "attachment" -> attachments.add(new Attached(words[1], words[2]));
                    default -> throw unreadable("it has the line " + words[0]);
                }
            }
        } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException _) {
            throw unreadable("a line of its manifest is malformed");
        }
        return new Manifest(createdAt, postgres, schemas, tables, attachments);
    }

    // names become words of SQL: only what our own tables are called
    private static String name(String word) {
        if (!word.matches("[a-z][a-z0-9_]{0,62}")) throw unreadable("it names " + word);
        return word;
    }

    private static UserError unreadable(String came) {
        return new UserError(
                "backup", "a file that this version of Bulwark can read (" + FORM + ")", came, "check the file");
    }
}
