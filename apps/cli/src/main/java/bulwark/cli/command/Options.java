package bulwark.cli.command;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.Login;
import bulwark.cli.output.Printer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every command that asks Central has: the output's format and the login in force.
final class Options {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            description = "table (for people), json or yaml. Default: ${DEFAULT-VALUE}",
            paramLabel = "FORMAT",
            defaultValue = "table")
    private Printer.Format format = Printer.Format.table;

    @Option(
            names = "--data",
            description = "ask the Central that `bulwark up --data DIR` runs here",
            paramLabel = "DIR")
    private @Nullable Path data;

    Printer printer() {
        return new Printer(format, spec.commandLine().getOut());
    }

    ApiClient client() {
        return new ApiClient(data == null ? Login.current() : Login.ofRunning(data));
    }
}
