package bulwark.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of measured figures beside their limits.
final class Report {
    private final String title;
    private final List<Row> rows = new ArrayList<>();

    /// One figure; a limit of 0 means that there is none and the row only informs.
    private record Row(String what, double measured, double limit, String unit) {
        boolean passes() {
            return limit == 0 || measured <= limit;
        }
    }

    Report(String title) {
        this.title = title;
    }

    void add(String what, double measured, double limit, String unit) {
        rows.add(new Row(what, measured, limit, unit));
        System.err.printf(Locale.ROOT, "  %s: %.1f %s%n", what, measured, unit); // where a later one fails
    }

    /// Prints the table and gives the exit status: 0 where every figure is within its limit.
    int print() {
        System.out.println(title);
        System.out.printf(Locale.ROOT, "  %-64s %12s %12s%n", "what", "measured", "limit");
        boolean good = true;
        for (Row row : rows) {
            String limit = row.limit == 0 ? "-" : String.format(Locale.ROOT, "%.1f %s", row.limit, row.unit);
            System.out.printf(
                    Locale.ROOT,
                    "  %-64s %12s %12s%s%n",
                    row.what,
                    String.format(Locale.ROOT, "%.1f %s", row.measured, row.unit),
                    limit,
                    row.passes() ? "" : "  OVER");
            good &= row.passes();
        }
        return good ? 0 : 1;
    }
}
