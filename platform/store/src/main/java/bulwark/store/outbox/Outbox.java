package bulwark.store.outbox;

import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages to the world outside the database. They are added in the transaction of the change that they announce and
/// delivered at least once, by whichever process takes them first; a receiver tells repeats by the id.
///
/// A delivery that fails is tried again, later each time. After the last attempt the message is kept as dead, with the
/// reason.
public final class Outbox {
    /// A message to be delivered; `attempt` counts from 1.
    public record Message(UUID id, String topic, String payload, Instant createdAt, int attempt) {}

    /// Carries one message out. An exception means that it is tried again.
    public interface Delivery {
        void deliver(Message message) throws Exception;
    }

    /// How often a message is tried, and how long the first and the longest pause are.
    public record Limits(int attempts, Duration firstPause, Duration longestPause) {
        /// Twelve attempts over some hours.
        public static final Limits USUAL = new Limits(12, Duration.ofSeconds(5), Duration.ofHours(1));

        public Limits {
            if (attempts < 1) throw new IllegalArgumentException("a message needs an attempt");
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final int LONGEST_REASON = 500;

    private final Database database;
    private final Limits limits;
    private final Clock clock;
    // how long a taken message is left to its taker: a process that dies while delivering holds it no longer
    private final Duration hold;

    public Outbox(Database database, Limits limits, Duration hold, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.hold = hold;
        this.clock = clock;
    }

    /// Adds a message (`payload` is JSON) in the caller's transaction, due at once.
    public UUID append(DSLContext transaction, String topic, String payload) {
        UUID id = UuidV7.next();
        OffsetDateTime now = now();
        transaction.execute("""
                insert into outbox (id, topic, payload, created_at, next_attempt_at) values (?, ?, cast(? as jsonb), ?, ?)
                """, id, topic, payload, now, now);
        return id;
    }

    /// Adds many messages of one topic in one statement; their ids follow the order of the payloads.
    public void appendAll(DSLContext transaction, String topic, List<String> payloads) {
        if (payloads.isEmpty()) return;
        OffsetDateTime now = now();
        UUID[] ids = payloads.stream().map(_ -> UuidV7.next()).toArray(UUID[]::new);
        transaction.execute("""
                insert into outbox (id, topic, payload, created_at, next_attempt_at)
                select n.id, ?, n.payload::jsonb, ?, ?
                from unnest(cast(? as uuid[]), cast(? as text[])) as n (id, payload)
                """, topic, now, now, ids, payloads.toArray(String[]::new));
    }

    /// Moves what is due of a topic, at most `most` messages, to the topics that each of them is for (none: it is done
    /// with), in one transaction; returns how many there were.
    public int moveDue(String topic, int most, Function<String, List<String>> topicsOf) {
        OffsetDateTime now = now();
        return database.transaction(sql -> {
            List<String> payloads = sql.fetch("""
                    with due as (delete from outbox
                                 where id in (select id from outbox
                                              where topic = ? and dead_at is null
                                                and next_attempt_at <= ?
                                              order by next_attempt_at, id limit ? for update skip locked)
                                 returning id, payload::text as payload, next_attempt_at)
                    select payload from due order by next_attempt_at, id
                    """, topic, now, most).map(row -> row.get(0, String.class));
            var moved = new LinkedHashMap<String, List<String>>();
            for (String payload : payloads) {
                for (String to : topicsOf.apply(payload)) {
                    moved.computeIfAbsent(to, _ -> new ArrayList<>()).add(payload);
                }
            }
            moved.forEach((to, those) -> appendAll(sql, to, those));
            return payloads.size();
        });
    }

    /// Delivers what is due of a topic, at most `most` messages, each in the order of its time; returns how many were
    /// tried. The message is taken in one short transaction and settled in another: none is open while it
    /// is delivered.
    public int deliverDue(String topic, int most, Delivery delivery) throws InterruptedException {
        int tried = 0;
        while (tried < most) {
            Optional<Message> taken = take(topic);
            if (taken.isEmpty()) return tried;
            tried++;
            deliver(taken.get(), delivery);
        }
        return tried;
    }

    private Optional<Message> take(String topic) {
        OffsetDateTime now = now();
        return database.transaction(sql -> {
            Record row = sql.fetchOne("""
                    update outbox set attempts = attempts + 1, next_attempt_at = ?
                    where id = (select id from outbox
                                where topic = ? and dead_at is null and next_attempt_at <= ?
                                order by next_attempt_at, id limit 1 for update skip locked)
                    returning id, topic, payload::text, created_at, attempts
                    """, now.plus(hold), topic, now);
            return Optional.ofNullable(row).map(Outbox::message);
        });
    }

    private static Message message(Record row) {
        return new Message(
                row.get(0, UUID.class),
                row.get(1, String.class),
                row.get(2, String.class),
                row.get(3, OffsetDateTime.class).toInstant(),
                row.get(4, Integer.class));
    }

    private void deliver(Message message, Delivery delivery) throws InterruptedException {
        try {
            delivery.deliver(message);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(message, e);
            return;
        }
        database.sql().execute("delete from outbox where id = ?", message.id());
    }

    private void failed(Message message, Exception failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String reason = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
        OffsetDateTime now = now();
        // the attempt is in the condition: a taker that was too slow does not settle what another took since
        if (message.attempt() >= limits.attempts()) {
            database.sql()
                    .execute(
                            "update outbox set dead_at = ?, reason = ? where id = ? and attempts = ?",
                            now,
                            reason,
                            message.id(),
                            message.attempt());
            log.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("message", message.id())
                    .addKeyValue("attempts", message.attempt())
                    .log("a message is given up");
        } else {
            database.sql()
                    .execute(
                            "update outbox set next_attempt_at = ?, reason = ?" + " where id = ? and attempts = ?",
                            now.plus(pause(message.attempt())),
                            reason,
                            message.id(),
                            message.attempt());
        }
    }

    private Duration pause(int attempt) {
        long longest =
                Math.min(limits.longestPause().toMillis(), limits.firstPause().toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }

    /// The messages that were given up, newest first.
    public List<Message> dead(int most) {
        return database.sql().fetch("""
                        select id, topic, payload::text, created_at, attempts from outbox
                        where dead_at is not null order by dead_at desc, id desc limit ?
                        """, most).map(Outbox::message);
    }

    /// Deletes messages that were given up before a time; returns how many.
    public int deleteDead(Instant before) {
        return database.sql().execute("delete from outbox where dead_at < ?", before.atOffset(ZoneOffset.UTC));
    }

    /// How many wait, those that are tried again included.
    public int waiting() {
        Record row = database.sql().fetchOne("select count(*) from outbox where dead_at is null");
        return row == null ? 0 : row.get(0, Integer.class);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
