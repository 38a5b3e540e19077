package bulwark.central;

import bulwark.base.Lifecycle;
import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.base.tls.Pem;
import bulwark.central.backup.SealedStore;
import bulwark.store.backup.Restore;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import bulwark.store.database.DatabaseSettings;
import bulwark.store.postgres.EmbeddedPostgres;
import bulwark.store.postgres.PostgresBinaries;
import bulwark.store.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a Central keeps its state: the embedded database, the key that seals secrets, and `run` with what others on
/// this machine may know of the running process. One process uses it at a time.
final class DataDirectory implements AutoCloseable {
    static final String MIGRATIONS = "classpath:db/migration";
    private static final DatabaseSettings DATABASE =
            new DatabaseSettings(16, Duration.ofSeconds(30), Duration.ofSeconds(10), List.of(MIGRATIONS));

    private final Path folder;
    private final FileChannel lockFile;

    private DataDirectory(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /// Takes the directory for this process, and makes it where there is none.
    static DataDirectory lock(Path folder) throws IOException {
        try {
            return lockOrFail(folder);
        } catch (IOException e) {
            UserError known = UserError.of("data directory " + folder, e);
            if (known != null) throw known;
            throw e;
        }
    }

    private static DataDirectory lockOrFail(Path folder) throws IOException {
        Path run = folder.resolve("run");
        Files.createDirectories(run);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path file = run.resolve("lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw inUse(folder, Files.readString(file).strip());
        }
        // through the channel that is locked: closing another one of the same file would give the lock back
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataDirectory(folder, channel);
    }

    /// Refuses a directory in which no Central has ever run.
    static void checkHasDatabase(Path folder) {
        if (Files.exists(folder.resolve("postgres/data/PG_VERSION"))) return;
        throw new UserError(
                "data directory " + folder,
                "the data of a Central",
                "there is none",
                "name the directory that Central runs from with --data");
    }

    private static UserError inUse(Path folder, String holder) {
        return new UserError(
                "data directory " + folder,
                "no other Central to use it",
                holder.isEmpty() ? "one does" : "process " + holder + " does",
                "stop that one, or name another directory");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    /// The database at the address, or where there is none the embedded one of this directory.
    Database open(Lifecycle lifecycle, @Nullable DatabaseAddress address, Metrics metrics) throws Exception {
        if (address != null) return lifecycle.start("database", () -> Database.open(address, DATABASE, metrics));
        DatabaseAddress own = embedded(lifecycle, metrics);
        return lifecycle.start("database", () -> Database.open(own, DATABASE, metrics));
    }

    /// Starts the embedded PostgreSQL.
    DatabaseAddress embedded(Lifecycle lifecycle, Metrics metrics) throws Exception {
        PostgresBinaries binaries = PostgresBinaries.onClassPath(PostgresBinaries.userCache());
        EmbeddedPostgres postgres = lifecycle.start(
                "postgres",
                () -> EmbeddedPostgres.start(folder.resolve("postgres"), binaries, PostgresSettings.DEFAULT, metrics));
        return new DatabaseAddress(postgres.url(), postgres.user(), postgres.password());
    }

    /// Fills the database, which must be empty, from a backup; without the key, what is sealed is forgotten.
    void restore(Lifecycle lifecycle, @Nullable DatabaseAddress address, Path backup, boolean withoutKey)
            throws Exception {
        DatabaseAddress target = address == null ? embedded(lifecycle, Metrics.unseen()) : address;
        Restore.read(
                backup,
                target,
                DATABASE,
                (table, rows, done, all) -> System.out.println(
                        "restored " + table + ": " + rows + " rows (" + done + " of " + all + " tables)"));
        if (!withoutKey) return;
        try (var database = Database.open(target, DATABASE, Metrics.unseen())) {
            SealedStore.Forgotten forgotten = new SealedStore(database.sql()).forget();
            System.out.println("Forgotten, since nobody can open them: " + forgotten.authorities()
                    + " certificate authorities and the secrets of " + forgotten.notifiers()
                    + " notifiers. Remove each cluster and register it anew.");
        }
    }

    /// Tells others on this machine where Central is, and gives its owner a token.
    void announce(Central central, String version) throws IOException {
        String ports = "{\"pid\":%d,\"http\":%d,\"https\":%d,\"grpc\":%d,\"version\":\"%s\"}\n"
                .formatted(
                        ProcessHandle.current().pid(),
                        central.httpPort(),
                        central.httpsPort(),
                        central.grpcPort(),
                        version);
        Pem.writeOwnerOnly(
                folder.resolve("run/local-token"), central.localToken().secret() + "\n");
        Pem.writeOwnerOnly(folder.resolve("run/central.json"), ports);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("run/central.json"));
        Files.deleteIfExists(folder.resolve("run/local-token"));
        lockFile.close();
    }
}
