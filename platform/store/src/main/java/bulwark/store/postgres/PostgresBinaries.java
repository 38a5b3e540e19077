package bulwark.store.postgres;

import bulwark.base.FileTree;
import bulwark.base.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs (`initdb`, `pg_ctl`, `postgres`), unpacked once from their jar into a cache folder.
///
/// The folder is named for the archive's checksum and appears by a rename, so that it is whole or not there.
public record PostgresBinaries(Path folder, int major) {
    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final long LARGEST = 512L << 20;

    /// Where programs are kept for all of a user's Bulwarks: below the XDG cache folder.
    public static Path userCache() {
        String set = System.getenv("XDG_CACHE_HOME");
        Path cache = set == null || set.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(set);
        return cache.resolve("bulwark");
    }

    /// Those on the class path, for this processor.
    public static PostgresBinaries onClassPath(Path cache) throws IOException {
        String name = archiveName();
        URL archive = PostgresBinaries.class.getClassLoader().getResource(name);
        if (archive == null) {
            throw new UserError(
                    "embedded PostgreSQL",
                    "programs for this machine (" + System.getProperty("os.arch") + ")",
                    "this build has none",
                    "give an external server with BULWARK_DB_URL");
        }
        return of(archive, cache);
    }

    /// Those in a jar file.
    public static PostgresBinaries inJar(Path jar, Path cache) throws IOException {
        return of(URI.create("jar:" + jar.toUri() + "!/" + archiveName()).toURL(), cache);
    }

    private static String archiveName() {
        String architecture = switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm_64";
            default -> "x86_64";
        };
        return "postgres-linux-" + architecture + ".txz";
    }

    private static PostgresBinaries of(URL archive, Path cache) throws IOException {
        Path folder = cache.resolve("postgres-" + checksum(archive));
        if (!Files.isRegularFile(folder.resolve("MAJOR"))) {
            try {
                unpack(archive, cache, folder);
            } catch (IOException e) {
                UserError error = UserError.of("unpacking PostgreSQL to " + cache, e);
                if (error != null) throw error;
                throw e;
            }
        }
        return new PostgresBinaries(
                folder,
                Integer.parseInt(Files.readString(folder.resolve("MAJOR")).strip()));
    }

    private static String checksum(URL archive) throws IOException {
        if (!(archive.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException(archive + ": expected an archive in a jar");
        }
        connection.setUseCaches(false);
        try (var _ = connection.getJarFile()) {
            JarEntry entry = connection.getJarEntry();
            return entry.getSize() + "-" + HexFormat.of().toHexDigits(entry.getCrc(), 8);
        }
    }

    private static void unpack(URL archive, Path cache, Path folder) throws IOException {
        log.info("unpacking PostgreSQL, once");
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, ".postgres-");
        try {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            var connection = archive.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                unpack(in, fresh);
            }
            Files.writeString(fresh.resolve("MAJOR"), major(fresh) + "\n");
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isRegularFile(folder.resolve("MAJOR"))) throw e; // else another process was first
        } finally {
            FileTree.delete(fresh);
        }
    }

    private static void unpack(InputStream in, Path to) throws IOException {
        long written = 0;
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = to.resolve(entry.getName()).normalize();
                if (!target.startsWith(to)) throw new IOException("an entry leaves the folder: " + entry.getName());
                written += entry.getSize();
                if (written > LARGEST) throw new IOException("the archive holds more than " + LARGEST + " bytes");
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Path parent = target.getParent();
                if (parent != null) Files.createDirectories(parent);
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(target, modeOf(entry));
                }
            }
        }
    }

    private static Set<PosixFilePermission> modeOf(TarArchiveEntry entry) {
        return PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
    }

    private static int major(Path folder) throws IOException {
        var outcome = Command.run(folder.resolve("bin/postgres").toString(), "--version");
        var version = Pattern.compile("PostgreSQL\\) (\\d+)").matcher(outcome.output());
        if (!version.find()) {
            throw new UserError(
                    "embedded PostgreSQL",
                    "its program to run on this machine",
                    "it said: " + outcome.output(),
                    "give an external server with BULWARK_DB_URL");
        }
        return Integer.parseInt(version.group(1));
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}
