package bulwark.wire.recorded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What a Sensor and a Central of one version said to each other, message by message: one file a direction of a
/// stream, one message a line. A file once recorded is never written again.
public record RecordedSession(Path folder) {
    /// Who says it on which stream; the name of the file.
    public enum Side {
        SENSOR_CONTROL,
        SENSOR_INVENTORY,
        CENTRAL_CONTROL,
        CENTRAL_INVENTORY;

        private String file() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".hex";
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("bulwark.root"), "wire/src/test/resources/recorded");
    }

    /// All that were recorded, oldest version first.
    public static List<RecordedSession> all() throws IOException {
        try (var folders = Files.list(root().resolve("sessions"))) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(RecordedSession::new)
                    .toList();
        }
    }

    /// The documents that were recorded one by one, by the names of their files.
    public static List<Path> documents() throws IOException {
        try (var files = Files.list(root().resolve("v1"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /// Where the session of today's version belongs, when the property `bulwark.record` names that version.
    public static Optional<RecordedSession> toRecord() throws IOException {
        String version = System.getProperty("bulwark.record", "");
        if (!version.matches("\\d+\\.\\d+\\.\\d+.*")) return Optional.empty();
        return Optional.of(new RecordedSession(Files.createDirectories(root().resolve("sessions/" + version))));
    }

    /// The messages of one side, in the order they were sent.
    public List<byte[]> messages(Side side) throws IOException {
        var messages = new ArrayList<byte[]>();
        for (String line : Files.readAllLines(folder.resolve(side.file()), StandardCharsets.US_ASCII)) {
            messages.add(HexFormat.of().parseHex(line));
        }
        return messages;
    }

    /// Writes down what one side said, where that is not there yet.
    public void record(Side side, List<byte[]> messages) throws IOException {
        Path file = folder.resolve(side.file());
        if (Files.exists(file)) return;
        Files.write(file, messages.stream().map(HexFormat.of()::formatHex).toList(), StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return String.valueOf(folder.getFileName());
    }
}
