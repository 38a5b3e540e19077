package bulwark.cli.command;

import bulwark.cli.api.CommandFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bulwark backup`: every row of Central, consistent, as one file.
@Command(name = "backup", description = "Saves every row of Central as one archive.", mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
    @Mixin
    private Options options = new Options();

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description =
                    "put the key that opens stored secrets into the archive too, sealed with the passphrase in this file")
    private @Nullable Path passphraseFile;

    @Option(names = "--force", description = "replace the file if there is one")
    private boolean force;

    @Override
    public Integer call() {
        if (Files.isDirectory(file)) throw new CommandFailure(file + ": expected the name of a file, it is a folder");
        if (Files.exists(file) && !force) throw new CommandFailure(file + " exists; name another or add --force");
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw new CommandFailure(folder + ": there is no such folder");
        try {
            Path part = Files.createTempFile(
                    folder,
                    "bulwark",
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            long bytes;
            try (var in = options.client().download("POST", "/backup", request())) {
                bytes = Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            options.printer()
                    .line("Saved " + bytes + " bytes to " + file
                            + ". It holds secrets' hashes and sealed keys: keep it safe.");
            if (passphraseFile == null) {
                options.printer()
                        .line("The key that opens them is not in it: keep a copy of Central's secret.key apart, or add"
                                + " --passphrase-file.");
            }
            return 0;
        } catch (IOException e) {
            throw CommandFailure.of(file, e);
        }
    }

    private JsonNode request() {
        var request = JsonNodeFactory.instance.objectNode();
        if (passphraseFile == null) return request;
        try {
            return request.put("passphrase", Files.readString(passphraseFile).strip());
        } catch (IOException e) {
            throw new CommandFailure("--passphrase-file " + passphraseFile + " could not be read: " + e.getMessage());
        }
    }
}
