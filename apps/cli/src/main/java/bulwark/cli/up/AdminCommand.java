package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
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
        if (instance.process("central").isPresent()) {
            throw new CommandFailure("Central runs from " + instance.data() + "; stop it first with `bulwark down"
                    + (data == null ? "" : " --data " + data) + "`, reset the password, and start it again");
        }
        return Programs.run(Programs.central(
                "admin", "reset-password", "--data", instance.central().toString()));
    }
}
