package bulwark.central.notifier;

import static bulwark.central.tables.Tables.NOTIFIER;
import static bulwark.central.tables.Tables.OUTBOX;

import bulwark.base.secret.SecretBox;
import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterFields;
import bulwark.central.filter.ListFields;
import bulwark.central.filter.ListQuery;
import bulwark.central.filter.Page;
import bulwark.central.filter.ScopeCondition;
import bulwark.central.view.StoredSeverity;
import bulwark.model.access.AccessScope;
import bulwark.model.policy.Severity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Notifiers in the database: settings in the open, secrets sealed for their notifier.
final class NotifierStore {
    private static final int MOST_ENABLED = 1000;
    private static final int LONGEST_ERROR = 500;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final Field<Integer> PENDING =
            messages(OUTBOX.DEAD_AT.isNull()).as("pending");
    private static final Field<Integer> FAILED =
            messages(OUTBOX.DEAD_AT.isNotNull()).as("failed");

    private final DSLContext db;
    private final SecretBox box;
    private final JsonMapper json = JsonMapper.builder().build();
    private final ListFields fields = new ListFields("name", List.of(NOTIFIER.NAME))
            .filter("name", FilterFields.text(NOTIFIER.NAME))
            .filter("type", FilterFields.text(NOTIFIER.TYPE))
            .sort("name", NOTIFIER.NAME, NOTIFIER.ID);

    NotifierStore(DSLContext db, SecretBox box) {
        this.db = db;
        this.box = box;
    }

    private static Field<Integer> messages(Condition which) {
        return DSL.field(DSL.selectCount()
                .from(OUTBOX)
                .where(OUTBOX.TOPIC.eq(DSL.inline(topicPrefix()).concat(NOTIFIER.ID.cast(String.class))), which));
    }

    private static String topicPrefix() {
        return "notifier/";
    }

    /// The outbox topic of the messages for one notifier.
    static String topic(UUID id) {
        return topicPrefix() + id;
    }

    Page<NotifierView> list(AccessScope scope, ListQuery query) throws FilterException {
        List<SelectFieldOrAsterisk> columns = List.of(NOTIFIER.asterisk(), PENDING, FAILED);
        var source = new ListFields.Source<>(NOTIFIER, columns);
        return fields.read(db, source, ScopeCondition.global(scope), query, this::view);
    }

    Optional<NotifierView> find(DSLContext tx, AccessScope scope, UUID id) {
        return tx.select(NOTIFIER.asterisk(), PENDING, FAILED)
                .from(NOTIFIER)
                .where(ScopeCondition.global(scope), NOTIFIER.ID.eq(id))
                .fetchOptional(this::view);
    }

    Optional<NotifierView> find(AccessScope scope, UUID id) {
        return find(db, scope, id);
    }

    /// A notifier with everything that it needs to tell.
    record Configured(UUID id, String type, Severity minimumSeverity, Map<String, String> settings) {
        Configured {
            settings = Map.copyOf(settings);
        }
    }

    /// Those that are switched on.
    List<Configured> enabled() {
        return db.selectFrom(NOTIFIER)
                .where(NOTIFIER.ENABLED)
                .orderBy(NOTIFIER.ID)
                .limit(MOST_ENABLED)
                .fetch(this::configured);
    }

    /// One with its secrets, for a caller who may change it.
    Optional<Configured> configured(AccessScope scope, UUID id) {
        return db.selectFrom(NOTIFIER)
                .where(ScopeCondition.global(scope), NOTIFIER.ID.eq(id))
                .fetchOptional(this::configured);
    }

    /// Adds a notifier or replaces it, its secrets among the settings.
    void write(DSLContext tx, UUID id, NotifierSettings wanted, Map<String, String> secrets, Instant now) {
        byte[] sealed =
                secrets.isEmpty() ? null : box.seal(text(secrets).getBytes(StandardCharsets.UTF_8), purpose(id));
        tx.insertInto(NOTIFIER)
                .set(NOTIFIER.ID, id)
                .set(NOTIFIER.NAME, wanted.name())
                .set(NOTIFIER.TYPE, wanted.type())
                .set(NOTIFIER.ENABLED, wanted.enabled())
                .set(NOTIFIER.MINIMUM_SEVERITY, StoredSeverity.of(wanted.severity()))
                .set(NOTIFIER.SETTINGS, JSONB.valueOf(text(wanted.settings())))
                .set(NOTIFIER.SEALED_SECRETS, sealed)
                .set(NOTIFIER.CREATED_AT, now)
                .onConflict(NOTIFIER.ID)
                .doUpdate()
                .set(NOTIFIER.NAME, wanted.name())
                .set(NOTIFIER.ENABLED, wanted.enabled())
                .set(NOTIFIER.MINIMUM_SEVERITY, StoredSeverity.of(wanted.severity()))
                .set(NOTIFIER.SETTINGS, JSONB.valueOf(text(wanted.settings())))
                .set(NOTIFIER.SEALED_SECRETS, sealed)
                .execute();
    }

    /// Whether another notifier has the name already.
    boolean isNameTaken(DSLContext tx, String name, UUID except) {
        return tx.fetchExists(
                NOTIFIER, DSL.lower(NOTIFIER.NAME).eq(DSL.lower(name)).and(NOTIFIER.ID.ne(except)));
    }

    /// Deletes a notifier and what waits for it; its name, if there was one.
    Optional<String> delete(DSLContext tx, AccessScope scope, UUID id) {
        var name = tx.deleteFrom(NOTIFIER)
                .where(ScopeCondition.global(scope), NOTIFIER.ID.eq(id))
                .returning(NOTIFIER.NAME)
                .fetchOptional(NOTIFIER.NAME);
        if (name.isPresent())
            tx.deleteFrom(OUTBOX).where(OUTBOX.TOPIC.eq(topic(id))).execute();
        return name;
    }

    void noteDelivered(UUID id, Instant at) {
        db.update(NOTIFIER)
                .set(NOTIFIER.LAST_DELIVERED_AT, at)
                .setNull(NOTIFIER.LAST_ERROR)
                .where(NOTIFIER.ID.eq(id))
                .execute();
    }

    void noteFailed(UUID id, String reason) {
        db.update(NOTIFIER)
                .set(NOTIFIER.LAST_ERROR, reason.substring(0, Math.min(reason.length(), LONGEST_ERROR)))
                .where(NOTIFIER.ID.eq(id))
                .execute();
    }

    private NotifierView view(Record row) {
        return new NotifierView(
                row.get(NOTIFIER.ID).toString(),
                row.get(NOTIFIER.NAME),
                row.get(NOTIFIER.TYPE),
                row.get(NOTIFIER.ENABLED),
                StoredSeverity.severity(row.get(NOTIFIER.MINIMUM_SEVERITY)),
                texts(row.get(NOTIFIER.SETTINGS).data()),
                row.get(PENDING),
                row.get(FAILED),
                row.get(NOTIFIER.LAST_DELIVERED_AT),
                row.get(NOTIFIER.LAST_ERROR));
    }

    private Configured configured(Record row) {
        UUID id = row.get(NOTIFIER.ID);
        var settings = new HashMap<>(texts(row.get(NOTIFIER.SETTINGS).data()));
        settings.putAll(secrets(id, row.get(NOTIFIER.SEALED_SECRETS)));
        return new Configured(
                id, row.get(NOTIFIER.TYPE), StoredSeverity.severity(row.get(NOTIFIER.MINIMUM_SEVERITY)), settings);
    }

    private Map<String, String> secrets(UUID id, byte @Nullable [] sealed) {
        if (sealed == null) return Map.of();
        try {
            return texts(new String(box.open(sealed, purpose(id)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the secrets of notifier " + id + " were sealed with another key", e);
        }
    }

    private static String purpose(UUID id) {
        return "notifier/" + id;
    }

    private Map<String, String> texts(String text) {
        try {
            return json.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the settings of a notifier cannot be read", e);
        }
    }

    private String text(Map<String, String> texts) {
        try {
            return json.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
