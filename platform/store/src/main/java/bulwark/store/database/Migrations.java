package bulwark.store.database;

import bulwark.base.UserError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Brings a database's tables to what this version needs: the store's own first, then those of the process, each with
/// its own history.
public final class Migrations {
    private static final String OWN = "classpath:db/store";
    private static final String OWN_HISTORY = "flyway_store_history";
    private static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    /// To the newest form.
    public static void apply(DataSource source, List<String> locations) {
        applyUpTo(source, locations, Map.of());
    }

    /// Up to the versions that [#versions] gave, each history by its name; to the newest where one is not named.
    public static void applyUpTo(DataSource source, List<String> locations, Map<String, String> versions) {
        apply(source, OWN_HISTORY, List.of(OWN), versions);
        if (!locations.isEmpty()) apply(source, HISTORY, locations, versions);
    }

    /// The version that each history is at.
    public static Map<String, String> versions(Connection connection) throws SQLException {
        var versions = new LinkedHashMap<String, String>();
        for (String history : List.of(OWN_HISTORY, HISTORY)) {
            try (var statement = connection.createStatement()) {
                try (var there = statement.executeQuery("select to_regclass('" + history + "') is not null")) {
                    there.next();
                    if (!there.getBoolean(1)) continue;
                }
                try (var newest = statement.executeQuery("select version from " + history
                        + " where success and version is not null order by installed_rank desc limit 1")) {
                    if (newest.next()) versions.put(history, newest.getString(1));
                }
            }
        }
        return versions;
    }

    private static void apply(DataSource source, String history, List<String> locations, Map<String, String> versions) {
        FluentConfiguration configuration = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .table(history)
                .locations(locations.toArray(String[]::new))
                .target(versions.getOrDefault(history, "latest"))
                .baselineOnMigrate(true) // the other history's tables are there already
                .baselineVersion("0")
                .failOnMissingLocations(true)
                .connectRetries(0);
        try {
            Flyway flyway = configuration.load();
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw told(e);
        }
    }

    /// Flyway itself goes on where the tables are newer than the program.
    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo each : flyway.info().applied()) {
            MigrationState state = each.getState();
            if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
                throw new UserError(
                        "database",
                        "tables written by this version of Bulwark or an older one",
                        "they were written by a newer one (step " + each.getVersion() + " of its tables)",
                        "run that version; nothing was changed");
            }
        }
    }

    private static RuntimeException told(FlywayException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.toLowerCase(Locale.ROOT).contains("validate failed")) {
            return new UserError(
                    "database",
                    "tables written by this version of Bulwark or an older one",
                    "its history of migrations is another: " + text,
                    "run the version that wrote it, or restore a backup into an empty database",
                    failure);
        }
        UserError known = UserError.of("database", failure);
        return known == null ? StoreException.of(failure) : known;
    }
}
