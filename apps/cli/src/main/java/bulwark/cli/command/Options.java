package bulwark.cli.command;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.Login;
import bulwark.cli.output.Printer;
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

    Printer printer() {
        return new Printer(format, spec.commandLine().getOut());
    }

    ApiClient client() {
        return new ApiClient(Login.current());
    }
}
