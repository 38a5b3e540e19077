package bulwark.central.audit;

import static bulwark.central.tables.Tables.AUDIT_ENTRY;

import bulwark.central.access.Deed;
import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterFields;
import bulwark.central.filter.ListFields;
import bulwark.central.filter.ListQuery;
import bulwark.central.filter.Page;
import bulwark.central.filter.ScopeCondition;
import bulwark.model.access.AccessScope;
import bulwark.store.UuidV7;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The log of changes. Entries are only ever added, in the transaction of the change they tell of, and deleted by age.
public final class AuditStore {
    private static final int LONGEST_DETAIL = 2000;

    private final DSLContext db;
    private final ListFields fields = new ListFields("-at", List.of(AUDIT_ENTRY.OBJECT, AUDIT_ENTRY.ACTOR))
            .filter("actor", FilterFields.text(AUDIT_ENTRY.ACTOR))
            .filter("action", FilterFields.exact(AUDIT_ENTRY.ACTION))
            .filter("object", FilterFields.text(AUDIT_ENTRY.OBJECT))
            .filter("at", FilterFields.time(AUDIT_ENTRY.AT))
            .sort("at", AUDIT_ENTRY.AT, AUDIT_ENTRY.ID);

    public AuditStore(DSLContext db) {
        this.db = db;
    }

    Page<AuditEntry> list(AccessScope scope, ListQuery query) throws FilterException {
        var source = new ListFields.Source<>(AUDIT_ENTRY, List.of(AUDIT_ENTRY.fields()));
        return fields.read(db, source, ScopeCondition.global(scope), query, AuditStore::entry);
    }

    /// Notes a change in the transaction that makes it.
    public void add(DSLContext tx, Instant at, Deed deed) {
        String detail = deed.detail();
        tx.insertInto(AUDIT_ENTRY)
                .set(AUDIT_ENTRY.ID, UuidV7.next())
                .set(AUDIT_ENTRY.AT, at)
                .set(AUDIT_ENTRY.ACTOR, deed.actor())
                .set(AUDIT_ENTRY.ACTION, deed.action())
                .set(AUDIT_ENTRY.OBJECT, deed.object())
                .set(
                        AUDIT_ENTRY.DETAIL,
                        detail == null ? null : detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)))
                .set(AUDIT_ENTRY.REMOTE_ADDRESS, deed.remoteAddress())
                .execute();
    }

    /// Deletes some entries older than a time.
    public int deleteOld(DSLContext tx, Instant before, int limit) {
        var old = tx.select(AUDIT_ENTRY.ID)
                .from(AUDIT_ENTRY)
                .where(AUDIT_ENTRY.AT.lt(before))
                .orderBy(AUDIT_ENTRY.AT)
                .limit(limit)
                .fetch(AUDIT_ENTRY.ID);
        return tx.deleteFrom(AUDIT_ENTRY).where(AUDIT_ENTRY.ID.in(old)).execute();
    }

    private static AuditEntry entry(Record row) {
        return new AuditEntry(
                row.get(AUDIT_ENTRY.ID).toString(),
                row.get(AUDIT_ENTRY.AT),
                row.get(AUDIT_ENTRY.ACTOR),
                row.get(AUDIT_ENTRY.ACTION),
                row.get(AUDIT_ENTRY.OBJECT),
                row.get(AUDIT_ENTRY.DETAIL),
                row.get(AUDIT_ENTRY.REMOTE_ADDRESS));
    }
}
