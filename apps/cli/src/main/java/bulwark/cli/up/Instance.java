package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import bulwark.cli.api.Paths;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One Bulwark on this machine: its data directory and what was started for it.
///
/// `run/NAME.pid` holds a process id and its start time, so that a number that was given to another process since is
/// never mistaken for ours.
record Instance(Path data) {
    private static final String LOCK = "run/up.lock";

    static Instance of(@Nullable Path given) {
        Path data = (given == null ? Paths.data() : given).toAbsolutePath().normalize();
        return new Instance(data);
    }

    /// The tree that this command was built from: it holds Central's and Sensor's jars and the cluster's scripts.
    static Path home() {
        String home = System.getenv("BULWARK_HOME");
        if (home == null)
            throw new CommandFailure("BULWARK_HOME is not set: start this by ./bulwark of the source tree");
        return Path.of(home);
    }

    Path central() {
        return data.resolve("central");
    }

    Path cluster() {
        return data.resolve("cluster");
    }

    Path sensor(String cluster) {
        return data.resolve("sensor").resolve(cluster);
    }

    Path log(String name) {
        return data.resolve("log").resolve(name + ".log");
    }

    void create() {
        try {
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
            if (!Files.isDirectory(data)) Files.createDirectories(data, mode);
            Files.createDirectories(data.resolve("log"));
            Files.createDirectories(data.resolve("run"));
        } catch (IOException e) {
            throw CommandFailure.of(data, e);
        }
    }

    /// Whether a Bulwark has run from this directory: what else lies there is none of our business.
    boolean isOurs() {
        return Files.exists(data.resolve(LOCK)) || Files.exists(central().resolve("run/lock"));
    }

    /// Deletes what Bulwark made in the directory, and the directory where nothing else is in it; true if it is gone.
    boolean delete() {
        try {
            for (String part : new String[] {"central", "sensor", "cluster", "log", "run"}) {
                Path folder = data.resolve(part);
                if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) continue;
                try (var paths = Files.walk(folder)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
                }
            }
            Files.deleteIfExists(data);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw CommandFailure.of(data, e);
        }
    }

    /// The database that a Central which was killed left running: a postmaster works in its own data directory.
    Optional<ProcessHandle> orphanedDatabase() {
        Path folder = central().resolve("postgres/data");
        try {
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            Path worksIn = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"));
            return worksIn.equals(folder.toRealPath()) ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /// Takes this data directory for one supervisor; it is given back when the process ends, however it ends.
    FileLock lock() {
        try {
            FileChannel channel =
                    FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) return lock;
            channel.close();
        } catch (OverlappingFileLockException e) {
            // held by this very process; told below
        } catch (IOException e) {
            throw CommandFailure.of(data, e);
        }
        throw new CommandFailure(data + " is in use by another `bulwark up`"
                + process("up").map(p -> " (process " + p.pid() + ")").orElse("")
                + "; `bulwark down` stops it, --data names another directory");
    }

    void remember(String name, ProcessHandle process) {
        String started = process.info().startInstant().map(Instant::toString).orElse("");
        try {
            Files.writeString(pidFile(name), process.pid() + " " + started + "\n");
        } catch (IOException e) {
            throw CommandFailure.of(data, e);
        }
    }

    void forget(String name) throws IOException {
        Files.deleteIfExists(pidFile(name));
    }

    /// The process that was remembered under this name, if it still is the one that runs.
    Optional<ProcessHandle> process(String name) {
        try {
            String[] parts = Files.readString(pidFile(name)).strip().split(" ", 2);
            String started = parts.length > 1 ? parts[1] : "";
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(p -> p.info()
                            .startInstant()
                            .map(Instant::toString)
                            .orElse("")
                            .equals(started));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new CommandFailure(pidFile(name) + ": expected a process id and its start time; remove the file");
        }
    }

    private Path pidFile(String name) {
        return data.resolve("run").resolve(name + ".pid");
    }
}
