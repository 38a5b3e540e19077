package bulwark.cli;

import bulwark.cli.api.CommandFailure;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Entry of `bulwark`. Exit status: 0 done, 1 failed, 2 the words of the call are wrong.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, writer(System.out), writer(System.err)));
    }

    /// Runs one command line with the given outputs and returns the exit status.
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = Bulwark.lineFor(arguments);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof CommandFailure) {
                err.println("bulwark: " + exception.getMessage());
                return 1;
            }
            err.println("bulwark: unexpected " + exception + "; set BULWARK_DEBUG=1 to see where");
            if (System.getenv("BULWARK_DEBUG") != null) exception.printStackTrace(err);
            return 1;
        });
        line.setParameterExceptionHandler((exception, given) -> usage(exception, err));
        return line.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int usage(ParameterException exception, PrintWriter err) {
        CommandLine command = exception.getCommandLine();
        err.println("bulwark: " + exception.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("See `" + command.getCommandSpec().qualifiedName() + " --help`.");
        return 2;
    }
}
