package bulwark.central.backup;

import static bulwark.central.tables.Tables.AUTHORITY;
import static bulwark.central.tables.Tables.NOTIFIER;

import org.jooq.DSLContext;

/// What is sealed with the key file.
public final class SealedStore {
    private final DSLContext db;

    public SealedStore(DSLContext db) {
        this.db = db;
    }

    /// What was forgotten because its key is lost.
    public record Forgotten(int authorities, int notifiers) {}

    /// Forgets what nobody can open any more: the next start makes a new authority, and notifiers are off until their
    /// secrets are entered anew.
    public Forgotten forget() {
        return db.transactionResult(configuration -> {
            DSLContext transaction = configuration.dsl();
            int notifiers = transaction
                    .update(NOTIFIER)
                    .set(NOTIFIER.ENABLED, false)
                    .setNull(NOTIFIER.SEALED_SECRETS)
                    .set(NOTIFIER.LAST_ERROR, "its secrets were lost with the key file; enter them anew")
                    .where(NOTIFIER.SEALED_SECRETS.isNotNull())
                    .execute();
            return new Forgotten(transaction.deleteFrom(AUTHORITY).execute(), notifiers);
        });
    }
}
