package bulwark.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bulwark completion`: a script for bash and zsh.
@Command(
        name = "completion",
        description = {"Prints a completion script.", "For bash and zsh: source <(bulwark completion)"},
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        spec.commandLine().getOut().print(AutoComplete.bash("bulwark", root));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
