package bulwark.cli.up;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bulwark admin`: what only the owner of the data directory may do.
@Command(name = "admin", description = "For the owner of the data directory.", mixinStandardHelpOptions = true)
public final class AdminCommand {
    @Command(
            name = "reset-password",
            description = "Makes a new password for the user admin, shows it once, and ends its sessions.",
            mixinStandardHelpOptions = true)
    int resetPassword(
            @Option(names = "--data", paramLabel = "DIR", description = "the data directory") @Nullable Path data) {
        Instance instance = Instance.of(data);
        return Programs.run(Programs.central(
                "admin", "reset-password", "--data", instance.central().toString()));
    }
}
