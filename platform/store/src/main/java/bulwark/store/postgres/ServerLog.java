package bulwark.store.postgres;

import bulwark.base.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/// The server's log file: kept below a bound, and read for the reason when a start fails.
final class ServerLog {
    private static final long LARGEST = 8L << 20;
    private static final int TAIL = 8 << 10;

    private ServerLog() {}

    /// Moves a large log aside; the server appends, so that what it writes meanwhile lands in the emptied file.
    static void bound(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) < LARGEST) return;
        Files.copy(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(0);
        }
    }

    static long size(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /// What was written after `from`, at most its last part.
    static String since(Path log, long from) throws IOException {
        if (!Files.exists(log)) return "";
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(Math.min(from, file.length()), file.length() - TAIL);
            file.seek(start);
            byte[] tail = new byte[Math.toIntExact(file.length() - start)];
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        }
    }

    /// The failure that PostgreSQL's words mean.
    static UserError failure(String where, String output) {
        String text = output.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("disk quota exceeded")) {
            return new UserError(where, "room to write", "the disk is full", "free some space and start again");
        }
        if (text.contains("address already in use")) {
            return new UserError(where, "a free port", "another process listens there", "stop it and start again");
        }
        if (text.contains("permission denied")) {
            return new UserError(
                    where, "permission to read and write", "it was denied", "change the owner or mode of the folder");
        }
        List<String> reasons = output.lines()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("error:"))
                .toList();
        String reason = reasons.isEmpty() ? "it ended: " + lastLine(output) : "it said: " + reasons.getLast();
        return new UserError(where, "PostgreSQL to start", reason, "look at its log, postgres.log in its folder");
    }

    private static String lastLine(String output) {
        return output.lines().reduce("nothing was logged", (_, last) -> last);
    }
}
