package bulwark.cli;

import bulwark.cli.command.AlertCommand;
import bulwark.cli.command.BackupCommand;
import bulwark.cli.command.ClusterCommand;
import bulwark.cli.command.CompletionCommand;
import bulwark.cli.command.LoginCommand;
import bulwark.cli.command.PolicyCommand;
import bulwark.cli.command.TokenCommand;
import bulwark.cli.command.VersionCommand;
import bulwark.cli.command.WorkloadCommand;
import bulwark.cli.up.AdminCommand;
import bulwark.cli.up.DownCommand;
import bulwark.cli.up.RestoreCommand;
import bulwark.cli.up.UpCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command's root: what there is, grouped by who needs it.
@Command(
        name = "bulwark",
        description = "Kubernetes security: what runs, what is wrong with it, what to do now.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        footer = {
            "",
            "Begin with:",
            "  bulwark up                     run Bulwark and a small cluster on this machine",
            "  bulwark alert list             what is wrong, worst first",
            "  bulwark alert show ID          which field of which container, and how to fix it",
            "",
            "Answers come as tables; -o json and -o yaml give the API's own documents."
        })
final class Bulwark {
    /// Every command by its name, in the order in which `--help` lists them.
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private Bulwark() {}

    /// The command line for these words. Where the first names a command only that one is put together, which halves
    /// the time to start; else (help, completion, a word that is none) all are.
    static CommandLine lineFor(String[] words) {
        CommandLine line = new CommandLine(new Bulwark());
        Supplier<Object> named = words.length == 0 ? null : COMMANDS.get(words[0]);
        if (named != null && !words[0].equals("completion")) {
            line.addSubcommand(words[0], named.get());
        } else {
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
        }
        return line;
    }

    private static Map<String, Supplier<Object>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("up", UpCommand::new);
        commands.put("down", DownCommand::new);
        commands.put("login", LoginCommand::new);
        commands.put("alert", AlertCommand::new);
        commands.put("workload", WorkloadCommand::new);
        commands.put("cluster", ClusterCommand::new);
        commands.put("policy", PolicyCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("admin", AdminCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }
}
