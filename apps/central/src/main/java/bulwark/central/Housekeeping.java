package bulwark.central;

import bulwark.central.alert.AlertFlow;
import bulwark.central.session.LoginFlow;
import bulwark.central.setting.SettingStore;
import bulwark.central.setting.Settings;
import bulwark.store.Retention;
import bulwark.store.database.Database;
import bulwark.store.outbox.Leases;
import bulwark.store.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Deletes what is older than the settings keep; one Central at a time.
final class Housekeeping {
    private static final String LEASE = "housekeeping";
    private static final Duration LENGTH = Duration.ofMinutes(30);
    private static final Duration UNDELIVERED = Duration.ofDays(30);
    private static final long MOST_ENTRIES = 100_000;

    private final Database database;
    private final AlertFlow alerts;
    private final Outbox outbox;
    private final LoginFlow logins;
    private final Leases leases;
    private final Clock clock;

    Housekeeping(Database database, AlertFlow alerts, Outbox outbox, LoginFlow logins, Leases leases, Clock clock) {
        this.database = database;
        this.alerts = alerts;
        this.outbox = outbox;
        this.logins = logins;
        this.leases = leases;
        this.clock = clock;
    }

    void run() {
        if (!leases.acquire(LEASE, LENGTH)) return;
        try {
            Instant now = clock.instant();
            Settings settings = new SettingStore(database.sql()).read();
            alerts.deleteResolved(now.minus(Duration.ofDays(settings.resolvedAlertDays())));
            new Retention(database)
                    .delete("audit_entry", "at < ?", now.minus(Duration.ofDays(settings.auditDays())), MOST_ENTRIES);
            outbox.deleteDead(now.minus(UNDELIVERED));
            logins.clean();
        } finally {
            leases.release(LEASE);
        }
    }
}
