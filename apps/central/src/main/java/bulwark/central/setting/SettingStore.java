package bulwark.central.setting;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.SETTING;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.policy.PlatformNamespaces;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/// Settings in the database; they are the same for every caller, so that no scope restricts reading them.
public final class SettingStore {
    private static final String NAME = "settings";

    private final DSLContext db;
    private final ObjectMapper json = new ObjectMapper();

    public SettingStore(DSLContext db) {
        this.db = db;
    }

    /// The settings in force.
    public Settings read() {
        return read(db);
    }

    /// The settings as a transaction sees them.
    public Settings read(DSLContext tx) {
        return tx.select(SETTING.VALUE)
                .from(SETTING)
                .where(SETTING.NAME.eq(NAME))
                .fetchOptional(SETTING.VALUE)
                .map(this::settings)
                .orElse(Settings.USUAL);
    }

    void write(DSLContext tx, Settings settings) {
        JSONB value = JSONB.valueOf(text(settings));
        tx.insertInto(SETTING)
                .set(SETTING.NAME, NAME)
                .set(SETTING.VALUE, value)
                .onConflict(SETTING.NAME)
                .doUpdate()
                .set(SETTING.VALUE, value)
                .execute();
    }

    /// Marks workloads and alerts as the platform's or the user's by the namespaces they lie in.
    void markPlatform(DSLContext tx, PlatformNamespaces platform) {
        List<String> namespaces = tx.selectDistinct(WORKLOAD.NAMESPACE)
                .from(WORKLOAD)
                .union(tx.selectDistinct(ALERT.NAMESPACE).from(ALERT))
                .fetch(WORKLOAD.NAMESPACE);
        List<String> ours = namespaces.stream().filter(platform::contains).toList();
        tx.update(WORKLOAD)
                .set(WORKLOAD.PLATFORM, WORKLOAD.NAMESPACE.in(ours))
                .where(WORKLOAD.PLATFORM.ne(WORKLOAD.NAMESPACE.in(ours)))
                .execute();
        tx.update(ALERT)
                .set(ALERT.PLATFORM, ALERT.NAMESPACE.in(ours))
                .where(ALERT.PLATFORM.ne(ALERT.NAMESPACE.in(ours)))
                .execute();
    }

    private Settings settings(JSONB value) {
        try {
            return json.readValue(value.data(), Settings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("setting " + NAME + " in the database cannot be read", e);
        }
    }

    private String text(Settings settings) {
        try {
            return json.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
