package bulwark.store.database;

import bulwark.base.UserError;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Brings a database's tables to what this version needs: the store's own first, then those of the process, each with
/// its own history.
final class Migrations {
    private static final String OWN = "classpath:db/store";

    private Migrations() {}

    static void apply(DataSource source, List<String> locations) {
        apply(source, "flyway_store_history", List.of(OWN));
        if (!locations.isEmpty()) apply(source, "flyway_schema_history", locations);
    }

    private static void apply(DataSource source, String history, List<String> locations) {
        FluentConfiguration configuration = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .table(history)
                .locations(locations.toArray(String[]::new))
                .baselineOnMigrate(true) // the other history's tables are there already
                .baselineVersion("0")
                .failOnMissingLocations(true)
                .connectRetries(0);
        try {
            configuration.load().migrate();
        } catch (FlywayException e) {
            throw told(e);
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
