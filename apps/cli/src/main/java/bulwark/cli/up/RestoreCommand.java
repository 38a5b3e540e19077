package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bulwark restore`: a backup into a data directory that has no Central yet.
@Command(
        name = "restore",
        description = {
            "Puts a backup into an empty data directory.",
            "Central must not run from it.",
            "The database may be of another major version of PostgreSQL than the backup's.",
            "The key that opens stored secrets must be there, as central/secret.key, or in the backup, made with a",
            "passphrase."
        },
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory. Default: the XDG data home, bulwark")
    private @Nullable Path data;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "the passphrase that the backup was made with; its key is taken from the archive")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--without-key",
            description = "restore though the key that opens stored secrets is lost: every Sensor has to join anew")
    private boolean withoutKey;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandFailure(file + ": expected a backup, there is no such file or it is not readable");
        }
        Instance instance = Instance.of(data);
        instance.create();
        if (instance.process("central").isPresent()) {
            throw new CommandFailure("Central runs from " + instance.data() + "; stop it first with `bulwark down`");
        }
        var words = new ArrayList<String>(List.of(
                "restore",
                file.toAbsolutePath().toString(),
                "--data",
                instance.central().toString()));
        if (passphraseFile != null) {
            words.add("--passphrase-file");
            words.add(passphraseFile.toAbsolutePath().toString());
        }
        if (withoutKey) words.add("--without-key");
        return Programs.run(Programs.central(words.toArray(String[]::new)));
    }
}
