package bulwark.store.backup;

import bulwark.base.UserError;
import bulwark.store.database.Migrations;
import bulwark.store.database.StoreException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/// Writes all rows of all tables, as one transaction sees them, to one zip file: an entry of `COPY` text for each
/// table,
/// what is attached, and a manifest with rows and hashes. The file appears whole or not at all, readable by its owner
/// only.
public final class Backup {
    private Backup() {}

    public static void write(DataSource source, Path file, Instant now, Progress progress, Attachment... attached)
            throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException(file + ": expected a file in a folder");
        Path fresh = null;
        try {
            fresh = Files.createTempFile(
                    folder,
                    ".backup-",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var out = Files.newOutputStream(fresh)) {
                write(source, out, now, progress, attached);
            }
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            UserError error = UserError.of("backup to " + file, e);
            if (error != null) throw error;
            throw e;
        } finally {
            if (fresh != null) Files.deleteIfExists(fresh);
        }
    }

    /// The same to a stream, say an answer over HTTP.
    public static void write(DataSource source, OutputStream to, Instant now, Progress progress, Attachment... attached)
            throws IOException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (var zip = new ZipOutputStream(new Unclosed(to))) {
                Tables.withoutTimeout(connection);
                var attachments = new ArrayList<Manifest.Attached>();
                for (Attachment each : attached) attachments.add(attach(zip, each));
                Manifest manifest = tables(connection, zip, now, progress, attachments);
                zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
                zip.write(manifest.text().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        } catch (SQLException e) {
            if (e.getCause() instanceof IOException cause) throw cause;
            throw StoreException.of(e);
        }
    }

    private static Manifest.Attached attach(ZipOutputStream zip, Attachment attachment) throws IOException {
        byte[] content = attachment.text().getBytes(StandardCharsets.UTF_8);
        zip.putNextEntry(new ZipEntry(attachment.entry()));
        zip.write(content);
        zip.closeEntry();
        return new Manifest.Attached(attachment.name(), HexFormat.of().formatHex(sha256().digest(content)));
    }

    private static Manifest tables(
            Connection connection,
            ZipOutputStream zip,
            Instant now,
            Progress progress,
            List<Manifest.Attached> attachments)
            throws SQLException, IOException {
        List<Tables.Table> found = Tables.inOrder(connection);
        var written = new ArrayList<Manifest.Table>();
        for (Tables.Table table : found) {
            MessageDigest digest = sha256();
            zip.putNextEntry(new ZipEntry("tables/" + table.name() + ".copy"));
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table.words() + " to stdout", new DigestOutputStream(zip, digest));
            zip.closeEntry();
            written.add(
                    new Manifest.Table(table.name(), rows, HexFormat.of().formatHex(digest.digest()), table.columns()));
            progress.table(table.name(), rows, written.size(), found.size());
        }
        int major = connection.getMetaData().getDatabaseMajorVersion();
        return new Manifest(now, major, Migrations.versions(connection), written, attachments);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The zip is closed, the caller's stream is not.
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
