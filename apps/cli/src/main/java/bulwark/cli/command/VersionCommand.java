package bulwark.cli.command;

import bulwark.cli.output.Printer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bulwark version`: of this command, and with `--server` of Central.
@Command(
        name = "version",
        description = "Version of this command, with --server of Central too.",
        mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {
    @Mixin
    private Options options = new Options();

    @Option(names = "--server", description = "ask Central too")
    private boolean server;

    @Override
    public Integer call() {
        Printer printer = options.printer();
        var answer = JsonNodeFactory.instance.objectNode().put("client", current());
        if (server) answer.set("server", options.client().get("/version"));
        if (printer.isForPeople()) {
            printer.line("bulwark " + current());
            if (server) {
                printer.line("central " + answer.at("/server/version").asText() + ", database "
                        + answer.at("/server/database").asText());
            }
        } else {
            printer.tree(answer);
        }
        return 0;
    }

    /// The version this command was built as.
    static String current() {
        var properties = new Properties();
        try (var in = VersionCommand.class.getResourceAsStream("/bulwark-cli.properties")) {
            if (in == null) throw new IllegalStateException("the version is not on the class path");
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    /// What `bulwark --version` prints.
    public static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"bulwark " + current()};
        }
    }
}
