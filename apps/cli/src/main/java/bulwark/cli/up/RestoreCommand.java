package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "The database may be of another major version of PostgreSQL than the backup's."
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

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) throw new CommandFailure(file + ": no such file, or not readable");
        Instance instance = Instance.of(data);
        instance.create();
        if (instance.process("central").isPresent()) {
            throw new CommandFailure("Central runs from " + instance.data() + "; stop it first with `bulwark down`");
        }
        return Programs.run(Programs.central(
                "restore",
                file.toAbsolutePath().toString(),
                "--data",
                instance.central().toString()));
    }
}
