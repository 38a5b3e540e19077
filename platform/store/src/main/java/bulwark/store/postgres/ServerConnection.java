package bulwark.store.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;

/// The few questions that the launcher asks its server.
final class ServerConnection {
    // starting up or shutting down; connection refused, connection broken
    private static final Set<String> NOT_READY = Set.of("57P03", "08001", "08006", "57P01", "57P02");

    static {
        try {
            Class.forName("org.postgresql.Driver"); // registers itself, whatever class loader we are in
        } catch (ClassNotFoundException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ServerConnection() {}

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    static void check(int port, String password) throws SQLException {
        open(port, password).close();
    }

    static String dataDirectory(int port, String password) throws SQLException {
        try (var connection = open(port, password);
                var statement = connection.createStatement();
                var row = statement.executeQuery("show data_directory")) {
            row.next();
            return row.getString(1);
        }
    }

    static void createDatabase(int port, String password, String name) throws IOException {
        try (var connection = open(port, password);
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                if (row.next()) return;
            }
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IOException("the database " + name + " could not be made: " + e.getMessage(), e);
        }
    }

    static boolean isNotReadyYet(SQLException e) {
        return NOT_READY.contains(String.valueOf(e.getSQLState()));
    }

    private static Connection open(int port, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", EmbeddedPostgres.USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("ApplicationName", "bulwark launcher");
        return DriverManager.getConnection(url(port, "postgres"), properties);
    }
}
