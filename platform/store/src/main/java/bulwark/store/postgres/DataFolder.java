package bulwark.store.postgres;

import bulwark.base.FileTree;
import bulwark.base.UserError;
import bulwark.base.tls.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folder of an embedded server: `data` (PostgreSQL's own), `password`, `postgres.log`, and `lock`, which the one
/// process that uses it holds.
final class DataFolder implements AutoCloseable {
    /// What `postmaster.pid` says of the server that wrote it.
    record Running(long pid, int port) {}

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path folder, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static DataFolder lock(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path file = folder.resolve("lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw new UserError(
                    "data directory " + folder,
                    "nobody else to use it",
                    holder.isEmpty() ? "another process does" : "process " + holder + " does",
                    "stop that one, or name another directory");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataFolder(folder.toRealPath(), channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by this very process
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    Path passwordFile() {
        return folder.resolve("password");
    }

    String password() throws IOException {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (NoSuchFileException _) {
            throw new UserError(
                    "data directory " + folder,
                    "the file password, made with the database",
                    "there is none",
                    "restore it from your copy of the directory, or restore a backup into a new one");
        }
    }

    /// Whether a database is there; of another major version than `major` it is refused.
    boolean holdsDatabase(int major) throws IOException {
        Path file = data().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            if (Files.exists(data())) {
                throw new UserError(
                        "data directory " + folder,
                        "a database or nothing",
                        "its folder data is not a PostgreSQL database",
                        "move it away, or name another directory");
            }
            return false;
        }
        String version = Files.readString(file).strip();
        if (!version.equals(Integer.toString(major))) {
            throw new UserError(
                    "data directory " + folder,
                    "a database of PostgreSQL " + major,
                    "it is of PostgreSQL " + version,
                    "make a backup with the Bulwark that wrote it and restore that into a new directory");
        }
        return true;
    }

    /// Makes the database cluster beside its place and moves it there when it is whole.
    void initialise(PostgresBinaries binaries, Unprivileged runner, boolean durable) throws IOException {
        Path fresh = folder.resolve("data.new");
        FileTree.delete(fresh);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Pem.writeOwnerOnly(passwordFile(), HexFormat.of().formatHex(random) + "\n");
        runner.own(folder);
        List<String> command = runner.command(
                binaries.program("initdb"),
                "--pgdata=" + fresh,
                "--username=" + EmbeddedPostgres.USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile(),
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions",
                durable ? "--sync-method=fsync" : "--no-sync");
        Command.Outcome outcome = Command.run(command);
        if (!outcome.succeeded()) {
            FileTree.delete(fresh);
            throw ServerLog.failure("making the database in " + folder, outcome.output());
        }
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// The server that runs on this data now, whoever started it.
    Optional<Running> running() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data().resolve("postmaster.pid"));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        try {
            if (lines.size() < 4) return Optional.empty();
            long pid = Long.parseLong(lines.getFirst().strip());
            int port = Integer.parseInt(lines.get(3).strip());
            return worksHere(pid) ? Optional.of(new Running(pid, port)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// A postmaster's working directory is its data directory: a pid that another program was given since is told
    /// apart.
    private boolean worksHere(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .equals(data());
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
