package bulwark.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Inserts rows with `COPY ... (format binary)`, the fastest way in. In the connection's transaction.
///
/// For each row: [#row] with the number of columns, then one call a column in the statement's order. The form is
/// said in <https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS>.
public final class BinaryCopy implements AutoCloseable {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final long SECONDS_1970_TO_2000 = 946_684_800L;
    private static final int FLUSH_AT = 64 << 10;
    private static final int TEXT_TYPE = 25;

    private final CopyIn copy;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(FLUSH_AT * 2);
    private final DataOutputStream out = new DataOutputStream(buffer);
    private int columnsLeft;
    private boolean finished;

    /// `target` is a table with its columns: `flow (cluster_id, at, count)`.
    public BinaryCopy(Connection connection, String target) throws SQLException {
        this.copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + target + " from stdin (format binary)");
        try {
            out.write(SIGNATURE);
            out.writeInt(0); // flags
            out.writeInt(0); // length of the header's extension
        } catch (IOException e) {
            throw memory(e);
        }
    }

    /// Begins a row.
    public BinaryCopy row(int columns) throws SQLException {
        if (columnsLeft != 0) throw new IllegalStateException(columnsLeft + " columns of the row before are missing");
        if (buffer.size() >= FLUSH_AT) flush();
        columnsLeft = columns;
        try {
            out.writeShort(columns);
        } catch (IOException e) {
            throw memory(e);
        }
        return this;
    }

    /// A column of type `uuid`.
    public BinaryCopy uuid(@Nullable UUID value) {
        if (value == null) return absent();
        return column(16, to -> {
            to.writeLong(value.getMostSignificantBits());
            to.writeLong(value.getLeastSignificantBits());
        });
    }

    /// A column of type `text`.
    public BinaryCopy text(@Nullable String value) {
        return value == null ? absent() : bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /// A column of type `bytea`.
    public BinaryCopy bytes(byte @Nullable [] value) {
        if (value == null) return absent();
        return column(value.length, to -> to.write(value));
    }

    /// A `text[]`, without absent elements.
    public BinaryCopy texts(List<String> values) {
        var elements = values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
        int length = 12 + (elements.isEmpty() ? 0 : 8);
        for (byte[] element : elements) length += 4 + element.length;
        return column(length, to -> {
            to.writeInt(elements.isEmpty() ? 0 : 1); // dimensions
            to.writeInt(0); // no absent elements
            to.writeInt(TEXT_TYPE);
            if (elements.isEmpty()) return;
            to.writeInt(elements.size());
            to.writeInt(1); // the first index
            for (byte[] element : elements) {
                to.writeInt(element.length);
                to.write(element);
            }
        });
    }

    /// A column of type `jsonb`.
    public BinaryCopy json(@Nullable String value) {
        if (value == null) return absent();
        byte[] document = value.getBytes(StandardCharsets.UTF_8);
        return column(document.length + 1, to -> {
            to.writeByte(1); // version of jsonb's form
            to.write(document);
        });
    }

    /// A column of type `smallint`.
    public BinaryCopy smallNumber(int value) {
        return column(2, to -> to.writeShort(value));
    }

    /// A column of type `integer`.
    public BinaryCopy number(int value) {
        return column(4, to -> to.writeInt(value));
    }

    /// A column of type `bigint`.
    public BinaryCopy bigNumber(long value) {
        return column(8, to -> to.writeLong(value));
    }

    /// A column of type `boolean`.
    public BinaryCopy truth(boolean value) {
        return column(1, to -> to.writeBoolean(value));
    }

    /// A column of type `timestamptz`, to the microsecond.
    public BinaryCopy time(@Nullable Instant value) {
        if (value == null) return absent();
        long micros = (value.getEpochSecond() - SECONDS_1970_TO_2000) * 1_000_000 + value.getNano() / 1_000;
        return column(8, to -> to.writeLong(micros));
    }

    /// A column of any type without a value.
    public BinaryCopy absent() {
        return column(-1, _ -> {});
    }

    private interface Value {
        void write(DataOutputStream to) throws IOException;
    }

    private BinaryCopy column(int length, Value value) {
        if (columnsLeft == 0) throw new IllegalStateException("the row has no more columns");
        columnsLeft--;
        try {
            out.writeInt(length);
            value.write(out);
        } catch (IOException e) {
            throw memory(e);
        }
        return this;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
        buffer.reset();
    }

    /// Ends the copy; returns how many rows were inserted.
    public long finish() throws SQLException {
        if (columnsLeft != 0) throw new IllegalStateException(columnsLeft + " columns of the last row are missing");
        try {
            out.writeShort(-1);
        } catch (IOException e) {
            throw memory(e);
        }
        flush();
        finished = true;
        return copy.endCopy();
    }

    /// Takes the rows back where [#finish] was not reached.
    @Override
    public void close() throws SQLException {
        if (!finished && copy.isActive()) copy.cancelCopy();
    }

    private static IllegalStateException memory(IOException e) {
        return new IllegalStateException("writing to memory", e);
    }
}
