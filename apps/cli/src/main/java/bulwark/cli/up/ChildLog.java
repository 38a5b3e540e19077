package bulwark.cli.up;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The log file of a process, kept below a bound, and the process's last words, which are known also where the disk is
/// too full to keep them.
final class ChildLog {
    private static final long LARGEST = 16 << 20;

    /// How our programs say why they end: their name, a colon, one line.
    private static final Pattern FAILURE = Pattern.compile("(?:bulwark-central|sensor): (.+)");

    private final Path file;

    /// Guarded by this, as is all that follows.
    private @Nullable Writer writer;

    private long written;
    private String lastWord = "nothing";
    private @Nullable String failure;

    ChildLog(Path file) {
        this.file = file;
    }

    synchronized void add(String line) {
        if (!line.isBlank() && !line.startsWith("\t")) lastWord = line;
        var told = FAILURE.matcher(line);
        if (told.matches()) failure = told.group(1);
        try {
            if (writer == null || written > LARGEST) open();
            if (writer == null) return;
            writer.write(line + "\n");
            writer.flush();
            written += line.length() + 1L;
        } catch (IOException e) {
            writer = null; // a full disk: tried again with the next line
        }
    }

    private void open() throws IOException {
        if (writer != null) writer.close();
        writer = null;
        if (Files.exists(file) && Files.size(file) > LARGEST) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        written = Files.size(file);
    }

    /// The last line that is no part of a stack trace.
    synchronized String lastWord() {
        return lastWord;
    }

    /// Why the process ended, in its own words; null where it did not say.
    synchronized @Nullable String failure() {
        return failure;
    }
}
