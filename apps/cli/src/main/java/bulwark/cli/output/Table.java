package bulwark.cli.output;

import java.util.ArrayList;
import java.util.List;

/// Rows under headings, columns as wide as their content, control characters made visible so that a name from a
/// cluster cannot rewrite the terminal.
public final class Table {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(List<String> headings) {
        this.headings = List.copyOf(headings);
    }

    /// Adds a row of as many cells as there are headings.
    public void add(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(
                    "expected " + headings.size() + " cells, got " + cells.size() + ": " + cells);
        }
        rows.add(cells.stream().map(Table::visible).toList());
    }

    /// The table as text, without blanks at line ends; `-` stands for an empty cell.
    public String text() {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var out = new StringBuilder();
        line(out, headings, widths);
        for (List<String> row : rows) line(out, row, widths);
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> cells, int[] widths) {
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            out.append(cell);
            if (column < widths.length - 1) out.repeat(' ', widths[column] - cell.length() + 2);
        }
        out.append('\n');
    }

    private static String visible(String cell) {
        return cell.isEmpty() ? "-" : PlainText.line(cell);
    }
}
