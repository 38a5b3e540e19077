package bulwark.central.token;

import static bulwark.central.tables.Tables.API_TOKEN;

import bulwark.central.access.Caller;
import bulwark.central.access.Role;
import bulwark.central.access.Secrets;
import bulwark.central.filter.FilterException;
import bulwark.central.filter.FilterFields;
import bulwark.central.filter.ListFields;
import bulwark.central.filter.ListQuery;
import bulwark.central.filter.Page;
import bulwark.central.filter.ScopeCondition;
import bulwark.model.access.AccessScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// API tokens; of the secret only the hash is kept.
final class TokenStore {
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private final DSLContext db;
    private final ListFields fields = new ListFields("name", List.of(API_TOKEN.NAME))
            .filter("name", FilterFields.text(API_TOKEN.NAME))
            .filter(
                    "role",
                    FilterFields.choice(
                            API_TOKEN.ROLE,
                            Arrays.stream(Role.values()).collect(Collectors.toMap(Role::name, Role::name)),
                            false))
            .sort("name", API_TOKEN.NAME, API_TOKEN.ID)
            .sort("createdAt", API_TOKEN.CREATED_AT, API_TOKEN.ID);

    TokenStore(DSLContext db) {
        this.db = db;
    }

    /// An API token as it is shown.
    record Token(
            String id,
            String name,
            Role role,
            AccessScope scope,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            String createdBy) {}

    Page<Token> list(AccessScope scope, ListQuery query) throws FilterException {
        var source = new ListFields.Source<>(API_TOKEN, List.of(API_TOKEN.fields()));
        return fields.read(db, source, ScopeCondition.global(scope), query, TokenStore::token);
    }

    /// Adds a token; false where its name is taken.
    boolean add(DSLContext tx, Token token, String secret) {
        return tx.insertInto(API_TOKEN)
                        .set(API_TOKEN.ID, UUID.fromString(token.id()))
                        .set(API_TOKEN.NAME, token.name())
                        .set(API_TOKEN.SECRET_HASH, Secrets.hash(secret))
                        .set(API_TOKEN.ROLE, token.role().name())
                        .set(
                                API_TOKEN.CLUSTER_IDS,
                                token.scope().clusterIds().stream()
                                        .map(UUID::fromString)
                                        .toArray(UUID[]::new))
                        .set(API_TOKEN.NAMESPACES, token.scope().namespaces().toArray(String[]::new))
                        .set(API_TOKEN.CREATED_BY, token.createdBy())
                        .set(API_TOKEN.CREATED_AT, token.createdAt())
                        .set(API_TOKEN.EXPIRES_AT, token.expiresAt())
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /// Deletes a token and answers its name.
    Optional<String> delete(DSLContext tx, AccessScope scope, UUID id) {
        return tx.deleteFrom(API_TOKEN)
                .where(ScopeCondition.global(scope), API_TOKEN.ID.eq(id))
                .returning(API_TOKEN.NAME)
                .fetchOptional(API_TOKEN.NAME);
    }

    /// Whom a secret stands for, if it is known and not expired; notes now and then that it is used.
    Optional<Caller> find(String secret, Instant now) {
        var found = db.selectFrom(API_TOKEN)
                .where(API_TOKEN.SECRET_HASH.eq(Secrets.hash(secret)))
                .and(API_TOKEN.EXPIRES_AT.isNull().or(API_TOKEN.EXPIRES_AT.gt(now)))
                .fetchOptional(TokenStore::token);
        found.ifPresent(token -> noteUse(token, now));
        return found.map(
                token -> new Caller("token " + token.name(), token.role(), token.scope(), null, token.expiresAt()));
    }

    private void noteUse(Token token, Instant now) {
        Instant last = token.lastUsedAt();
        if (last != null && last.plus(USE_NOTED_EVERY).isAfter(now)) return;
        db.update(API_TOKEN)
                .set(API_TOKEN.LAST_USED_AT, now)
                .where(API_TOKEN.ID.eq(UUID.fromString(token.id())))
                .execute();
    }

    private static Token token(Record row) {
        return new Token(
                row.get(API_TOKEN.ID).toString(),
                row.get(API_TOKEN.NAME),
                Role.valueOf(row.get(API_TOKEN.ROLE)),
                new AccessScope(
                        Stream.of(row.get(API_TOKEN.CLUSTER_IDS))
                                .map(UUID::toString)
                                .collect(Collectors.toSet()),
                        Stream.of(row.get(API_TOKEN.NAMESPACES)).collect(Collectors.toSet())),
                row.get(API_TOKEN.CREATED_AT),
                row.get(API_TOKEN.EXPIRES_AT),
                row.get(API_TOKEN.LAST_USED_AT),
                row.get(API_TOKEN.CREATED_BY));
    }
}
