package bulwark.central.policy;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.POLICY;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterField;
import bulwark.central.filter.FilterFields;
import bulwark.central.filter.ListFields;
import bulwark.central.filter.ListQuery;
import bulwark.central.filter.Page;
import bulwark.central.filter.ScopeCondition;
import bulwark.central.view.StoredDocuments;
import bulwark.central.view.StoredSeverity;
import bulwark.model.access.AccessScope;
import bulwark.model.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Policies in the database. The document is the whole policy; whether it is switched off stands in the column.
final class PolicyStore {
    private static final Field<UUID> COUNTED_POLICY = DSL.field(DSL.name("counted", "policy_id"), UUID.class);
    private static final Field<Integer> COUNTED = DSL.field(DSL.name("counted", "alerts"), Integer.class);
    private static final Field<Integer> ALERTS = DSL.coalesce(COUNTED, DSL.inline(0));

    private final DSLContext db;
    private final StoredDocuments documents;
    private final ListFields fields = new ListFields("policy", List.of(POLICY.NAME))
            .filter("policy", FilterFields.text(POLICY.NAME))
            .filter("severity", FilterFields.choice(POLICY.SEVERITY, StoredSeverity.BY_NAME, true))
            .filter("category", inDocument("categories"))
            .filter("stage", inDocument("stages"))
            .filter("disabled", FilterFields.flag(POLICY.DISABLED.isTrue()))
            .filter("default", FilterFields.flag(POLICY.IS_DEFAULT.isTrue()))
            .filter("alerts", FilterFields.number(ALERTS))
            .sort("policy", POLICY.NAME, POLICY.ID)
            .sort("severity", POLICY.SEVERITY, POLICY.NAME, POLICY.ID)
            .sort("alerts", ALERTS, POLICY.NAME, POLICY.ID);

    PolicyStore(DSLContext db, StoredDocuments documents) {
        this.db = db;
        this.documents = documents;
    }

    private static FilterField inDocument(String name) {
        return FilterFields.anyOf(DSL.field(
                "array(select jsonb_array_elements_text({0} -> {1}))",
                String[].class, POLICY.DOCUMENT, DSL.inline(name)));
    }

    Page<PolicyView.Row> list(AccessScope scope, ListQuery query) throws FilterException {
        List<SelectFieldOrAsterisk> columns = List.of(POLICY.DOCUMENT, POLICY.DISABLED, ALERTS.as("alerts"));
        var source = new ListFields.Source<>(withAlerts(scope), columns);
        return fields.read(
                db,
                source,
                DSL.noCondition(),
                query,
                row -> PolicyView.Row.of(policy(row), row.get("alerts", int.class)));
    }

    Optional<PolicyView> find(AccessScope scope, UUID id) {
        return find(db, scope, id);
    }

    Optional<PolicyView> find(DSLContext tx, AccessScope scope, UUID id) {
        return tx.select(POLICY.DOCUMENT, POLICY.DISABLED, ALERTS.as("alerts"))
                .from(withAlerts(scope))
                .where(POLICY.ID.eq(id))
                .fetchOptional(row -> PolicyView.of(policy(row), row.get("alerts", int.class)));
    }

    /// Policies, each with the open alerts counted that the scope lets see.
    private static Table<?> withAlerts(AccessScope scope) {
        Table<?> counted = DSL.select(ALERT.POLICY_ID, DSL.count().as("alerts"))
                .from(ALERT)
                .where(ScopeCondition.rows(scope, ALERT.CLUSTER_ID, ALERT.NAMESPACE))
                .and(ALERT.RESOLVED_AT.isNull())
                .and(ALERT.STATE.eq(DSL.inline("OPEN")))
                .groupBy(ALERT.POLICY_ID)
                .asTable("counted");
        return POLICY.leftJoin(counted).on(COUNTED_POLICY.eq(POLICY.ID));
    }

    /// Switches a policy on or off; empty where there is none, else whether that was a change, and its name.
    Optional<Switched> switchTo(DSLContext tx, UUID id, boolean disabled, Instant now) {
        return tx.select(POLICY.NAME, POLICY.DISABLED)
                .from(POLICY)
                .where(POLICY.ID.eq(id))
                .forUpdate()
                .fetchOptional()
                .map(row -> {
                    boolean changes = row.get(POLICY.DISABLED) != disabled;
                    if (changes) {
                        tx.update(POLICY)
                                .set(POLICY.DISABLED, disabled)
                                .set(POLICY.CHANGED_AT, now)
                                .where(POLICY.ID.eq(id))
                                .execute();
                        judgeAll(tx);
                    }
                    return new Switched(row.get(POLICY.NAME), changes);
                });
    }

    /// A policy's name, and whether switching it was a change.
    record Switched(String name, boolean changed) {}

    /// Brings the policies that Bulwark ships up to date, leaving what people switched; the names of those written.
    List<String> synchronise(DSLContext tx, List<Policy> shipped, Instant now) {
        var stored =
                tx.select(POLICY.ID, POLICY.DOCUMENT).from(POLICY).forUpdate().fetchMap(POLICY.ID, POLICY.DOCUMENT);
        var written = new ArrayList<String>();
        for (Policy policy : shipped) {
            JSONB document = JSONB.valueOf(documents.text(policy));
            UUID id = UUID.fromString(policy.id());
            JSONB before = stored.get(id);
            if (before != null && documents.policy(before.data()).equals(policy)) continue;
            tx.insertInto(POLICY)
                    .set(POLICY.ID, id)
                    .set(POLICY.NAME, policy.name())
                    .set(POLICY.DOCUMENT, document)
                    .set(POLICY.SEVERITY, StoredSeverity.of(policy.severity()))
                    .set(POLICY.DISABLED, policy.disabled())
                    .set(POLICY.IS_DEFAULT, true)
                    .set(POLICY.CHANGED_AT, now)
                    .onConflict(POLICY.ID)
                    .doUpdate()
                    .set(POLICY.NAME, policy.name())
                    .set(POLICY.DOCUMENT, document)
                    .set(POLICY.SEVERITY, StoredSeverity.of(policy.severity()))
                    .set(POLICY.CHANGED_AT, now)
                    .execute();
            written.add(policy.name());
        }
        if (!written.isEmpty()) judgeAll(tx);
        return written;
    }

    /// Has every workload of every cluster judged anew.
    private static void judgeAll(DSLContext tx) {
        tx.update(WORKLOAD).set(WORKLOAD.VERSION, WORKLOAD.VERSION.plus(1)).execute();
    }

    private Policy policy(Record row) {
        return documents.policy(row.get(POLICY.DOCUMENT).data()).withDisabled(row.get(POLICY.DISABLED));
    }
}
