package bulwark.cli;

import bulwark.cli.api.CommandFailure;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
            if (exception instanceof FileSystemException failure && failure.getFile() != null) {
                err.println("bulwark: "
                        + CommandFailure.of(Path.of(failure.getFile()), failure).getMessage());
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

    /// One line: what is wrong, what may have been meant, where help is.
    private static int usage(ParameterException exception, PrintWriter err) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        String wrong = String.valueOf(exception.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        List<String> near =
                exception instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        err.println("bulwark: " + wrong
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?")
                + (near.isEmpty() ? "; see `" : " See `") + command + " --help`");
        return 2;
    }
}
