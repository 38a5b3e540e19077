package bulwark.store.backup;

import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import bulwark.store.database.DatabaseSettings;
import bulwark.store.database.Migrations;
import bulwark.store.database.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;

/// Fills an empty database from a backup. First the whole file is read and its hashes and versions are checked; then
/// the tables are made as they were, all rows are put back in one transaction, and the tables are brought to today's
/// form.
public final class Restore {
    private static final int LARGEST_MANIFEST = 1 << 20;
    private static final int LARGEST_ATTACHMENT = 1 << 16;

    private Restore() {}

    /// `settings` name the migrations, as for [Database#open].
    public static void read(Path file, DatabaseAddress address, DatabaseSettings settings, Progress progress)
            throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            Manifest manifest = check(file, zip);
            fill(zip, manifest, address, settings, progress);
        } catch (ZipException e) {
            throw damaged(file, "it cannot be read: " + e.getMessage());
        } catch (IOException e) {
            UserError error = UserError.of("backup " + file, e);
            throw error == null ? damaged(file, "it cannot be read: " + e.getMessage()) : error;
        }
    }

    /// What is attached to a backup, by name.
    public static Map<String, String> attachments(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            var found = new HashMap<String, String>();
            for (Manifest.Attached each : manifest(file, zip).attachments()) {
                var attachment = new Attachment(each.name(), "");
                try (InputStream in = open(file, zip, attachment.entry())) {
                    byte[] content = in.readNBytes(LARGEST_ATTACHMENT);
                    if (!HexFormat.of()
                            .formatHex(Backup.sha256().digest(content))
                            .equals(each.sha256())) {
                        throw damaged(file, "its part " + attachment.entry() + " is not what was written");
                    }
                    found.put(each.name(), new String(content, StandardCharsets.UTF_8));
                }
            }
            return found;
        } catch (ZipException | IllegalArgumentException e) {
            throw damaged(file, "it cannot be read: " + e.getMessage());
        } catch (IOException e) {
            UserError error = UserError.of("backup " + file, e);
            if (error != null) throw error;
            throw e;
        }
    }

    private static Manifest manifest(Path file, ZipFile zip) throws IOException {
        try (InputStream in = open(file, zip, Manifest.ENTRY)) {
            return Manifest.parse(new String(in.readNBytes(LARGEST_MANIFEST), StandardCharsets.UTF_8));
        }
    }

    private static Manifest check(Path file, ZipFile zip) throws IOException {
        Manifest manifest = manifest(file, zip);
        for (Manifest.Table table : manifest.tables()) {
            MessageDigest digest = Backup.sha256();
            try (InputStream in = open(file, zip, table.entry())) {
                byte[] buffer = new byte[64 << 10];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
                throw damaged(file, "the rows of " + table.name() + " are not those that were written");
            }
        }
        return manifest;
    }

    private static InputStream open(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) throw damaged(file, "its part " + name + " is missing");
        return zip.getInputStream(entry);
    }

    private static UserError damaged(Path file, String came) {
        return new UserError("backup " + file, "a whole backup", came, "use another backup; nothing was changed");
    }

    private static void fill(
            ZipFile zip, Manifest manifest, DatabaseAddress address, DatabaseSettings settings, Progress progress)
            throws IOException {
        try (var database = Database.openUnprepared(address, settings, Metrics.unseen());
                Connection connection = database.source().getConnection()) {
            checkEmpty(connection);
            Migrations.applyUpTo(database.source(), settings.migrations(), manifest.schemas());
            connection.setAutoCommit(false);
            Tables.withoutTimeout(connection);
            checkTables(manifest, Tables.inOrder(connection));
            int done = 0;
            for (Manifest.Table table : manifest.tables()) {
                long rows = copy(connection, zip, table);
                progress.table(table.name(), rows, ++done, manifest.tables().size());
            }
            connection.commit();
            connection.setAutoCommit(true);
            Migrations.apply(database.source(), settings.migrations());
            try (var statement = connection.createStatement()) {
                statement.execute("analyze");
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    private static void checkEmpty(Connection connection) throws SQLException {
        List<Tables.Table> there = Tables.inOrder(connection);
        if (!there.isEmpty()) {
            throw new UserError(
                    "restore",
                    "an empty database",
                    "it has tables, " + there.getFirst().name() + " and others",
                    "restore into a new data directory or database; nothing was changed");
        }
    }

    private static void checkTables(Manifest manifest, List<Tables.Table> there) {
        for (Manifest.Table table : manifest.tables()) {
            boolean fits = there.stream()
                    .anyMatch(each ->
                            each.name().equals(table.name()) && each.columns().containsAll(table.columns()));
            if (!fits) {
                throw new UserError(
                        "restore",
                        "the table " + table.name() + " as the backup has it",
                        "this version of Bulwark makes it otherwise",
                        "restore with the version that wrote the backup");
            }
        }
    }

    private static long copy(Connection connection, ZipFile zip, Manifest.Table table)
            throws SQLException, IOException {
        String words = table.name() + " (" + String.join(", ", table.columns()) + ")";
        // rows that a migration brought along are in the backup too, as they were then
        try (var statement = connection.createStatement()) {
            statement.execute("delete from " + table.name());
        }
        long rows;
        try (InputStream in = zip.getInputStream(zip.getEntry(table.entry()))) {
            rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + words + " from stdin", in);
        }
        if (rows != table.rows()) {
            throw new IOException(table.name() + ": expected " + table.rows() + " rows, " + rows + " were put back");
        }
        return rows;
    }
}
