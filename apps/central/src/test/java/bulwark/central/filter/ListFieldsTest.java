package bulwark.central.filter;

import static bulwark.central.tables.Tables.AUDIT_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.store.testing.TestDatabases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ListFieldsTest {
    private static final ListFields FIELDS = new ListFields("-at", List.of(AUDIT_ENTRY.OBJECT))
            .filter("actor", FilterFields.text(AUDIT_ENTRY.ACTOR))
            .filter("action", FilterFields.exact(AUDIT_ENTRY.ACTION))
            .filter("at", FilterFields.time(AUDIT_ENTRY.AT))
            .sort("at", AUDIT_ENTRY.AT, AUDIT_ENTRY.ID)
            .sort("actor", AUDIT_ENTRY.ACTOR, AUDIT_ENTRY.ID);

    private static Database database;

    @BeforeAll
    static void fill() {
        database = TestDatabases.create("classpath:db/migration");
        Instant day = Instant.parse("2026-11-01T00:00:00Z");
        for (int i = 0; i < 25; i++) {
            database.sql()
                    .insertInto(AUDIT_ENTRY)
                    .set(AUDIT_ENTRY.ID, UuidV7.next())
                    .set(AUDIT_ENTRY.AT, day.plusSeconds(3600L * (i / 2)).plusNanos(123_456_000))
                    .set(AUDIT_ENTRY.ACTOR, i % 2 == 0 ? "Ann" : "Bob_1")
                    .set(AUDIT_ENTRY.ACTION, "a" + i % 3)
                    .set(AUDIT_ENTRY.OBJECT, "thing " + i)
                    .execute();
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Page<String> read(String filter, @Nullable String sort, @Nullable String cursor, int limit)
            throws FilterException {
        var query = ListQuery.parse(filter, sort, cursor, Integer.toString(limit));
        var source = new ListFields.Source<>(AUDIT_ENTRY, List.of(AUDIT_ENTRY.OBJECT));
        return FIELDS.read(database.sql(), source, DSL.noCondition(), query, ListFieldsTest::object);
    }

    private static String object(Record row) {
        return row.get(AUDIT_ENTRY.OBJECT);
    }

    @Test
    void walksAllPagesOfEveryOrderWithoutLossOrRepetition() throws FilterException {
        for (String sort : List.of("at", "-at", "actor", "-actor")) {
            var seen = new ArrayList<String>();
            String cursor = null;
            do {
                var page = read("", sort, cursor, 4);
                assertThat(page.total()).isEqualTo(25);
                seen.addAll(page.items());
                cursor = page.next();
            } while (cursor != null);

            assertThat(seen).hasSize(25).doesNotHaveDuplicates();
            assertThat(seen).containsExactlyElementsOf(read("", sort, null, 100).items());
        }
    }

    @Test
    void selectsByTermsThatAllHold() throws FilterException {
        assertThat(read("actor:ann action:a0", null, null, 100).items()).hasSize(5);
        assertThat(read("-actor:ann", null, null, 100).items()).hasSize(12);
        assertThat(read("actor:bob_*", null, null, 100).items()).hasSize(12);
        assertThat(read("actor:bobx1", null, null, 100).items()).isEmpty();
        assertThat(read("action:a0,a1", null, null, 100).items()).hasSize(17);
        assertThat(read("\"thing 24\"", null, null, 100).items()).containsExactly("thing 24");
        assertThat(read("at:2026-11-01 at:>=2026-11-01T12:00:00Z", null, null, 100)
                        .items())
                .hasSize(1);
        assertThat(read("at:>2026-11-01", null, null, 100).items()).isEmpty();
    }

    @Test
    void saysWhichFieldsAndOrdersThereAre() {
        assertThatThrownBy(() -> read("a actr:ann", null, null, 10))
                .hasMessage("character 3: there is no field actr; this list has [actor, action, at]");
        assertThatThrownBy(() -> read("", "size", null, 10))
                .hasMessage("expected one of [at, actor], - before it to descend");
        assertThatThrownBy(() -> read("actor:>ann", null, null, 10)).hasMessageContaining("this field has no order");
        assertThatThrownBy(() -> read("at:soon", null, null, 10)).hasMessageContaining("expected a date or time");
        for (String year :
                List.of("at:>+999999999-01-01T00:00:00Z", "at:-999999999-01-01T00:00:00Z", "at:0000-01-01")) {
            assertThatThrownBy(() -> read(year, null, null, 10))
                    .as(year)
                    .hasMessageContaining("expected a date or time");
        }
    }

    @Test
    void refusesCursorsThatItDidNotGiveForThisOrder() throws FilterException {
        String cursor = read("", "at", null, 4).next();

        assertThatThrownBy(() -> read("", "-at", cursor, 4)).hasMessageContaining("is not one that this list gave");
        String far = new Cursor(
                        "at",
                        List.of("+999999999-01-01T00:00:00Z", UuidV7.next().toString()))
                .encode();
        assertThatThrownBy(() -> read("", "at", far, 4)).isInstanceOf(FilterException.class);
        for (String damaged : List.of("x", "AAAA", "MzphdA", cursor + "A", cursor.substring(3), "OTk5OjE")) {
            assertThatThrownBy(() -> read("", "at", damaged, 4)).isInstanceOf(FilterException.class);
        }
    }
}
