package bulwark.store.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tables of a database in an order in which they can be filled: what is referred to comes first.
final class Tables {
    record Table(String name, List<String> columns) {
        Table {
            columns = List.copyOf(columns);
        }

        String words() {
            return name + " (" + String.join(", ", columns) + ")";
        }
    }

    private Tables() {}

    static List<Table> inOrder(Connection connection) throws SQLException {
        Map<String, List<String>> columns = columns(connection);
        Map<String, Set<String>> references = references(connection);
        var ordered = new LinkedHashSet<String>();
        while (ordered.size() < columns.size()) {
            int before = ordered.size();
            for (String name : columns.keySet()) {
                if (ordered.containsAll(references.getOrDefault(name, Set.of()))) ordered.add(name);
            }
            if (ordered.size() == before) throw new IllegalStateException("tables refer to each other in a circle");
        }
        return ordered.stream()
                .map(name -> new Table(name, columns.getOrDefault(name, List.of())))
                .toList();
    }

    private static Map<String, List<String>> columns(Connection connection) throws SQLException {
        var columns = new LinkedHashMap<String, List<String>>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select c.relname, a.attname from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace
                        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                             and not a.attisdropped and a.attgenerated = ''
                        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
                              and c.relname not like 'flyway\\_%'
                        order by c.relname, a.attnum
                        """)) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return columns;
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        var references = new HashMap<String, Set<String>>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select c.relname, f.relname from pg_constraint k
                        join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
                        where k.contype = 'f' and c.oid <> f.oid and not c.relispartition and not f.relispartition
                        """)) {
            while (rows.next()) {
                references
                        .computeIfAbsent(rows.getString(1), _ -> new LinkedHashSet<>())
                        .add(rows.getString(2));
            }
        }
        return references;
    }

    static void withoutTimeout(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = 0");
            statement.execute("set local idle_in_transaction_session_timeout = 0");
        }
    }
}
