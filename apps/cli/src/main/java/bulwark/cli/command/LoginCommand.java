package bulwark.cli.command;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.CommandFailure;
import bulwark.cli.api.Login;
import bulwark.cli.api.Paths;
import bulwark.cli.output.Printer;
import bulwark.cli.output.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bulwark login`: checks a token against a Central and keeps both.
@Command(
        name = "login",
        description = {
            "Keeps a Central's address and an API token.",
            "Make a token in the UI (API tokens) or with `bulwark token create`. A Central that runs here by",
            "`bulwark up` needs no login."
        },
        mixinStandardHelpOptions = true)
public final class LoginCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "URL", description = "https://HOST:8443")
    private String url = "";

    @Option(names = "--token-file", paramLabel = "FILE", description = "where the token stands; - for standard input")
    private @Nullable String tokenFile;

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM of the authority to trust")
    private @Nullable Path authority;

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "trust the server's authority if this is its fingerprint")
    private @Nullable String fingerprint;

    @Override
    public Integer call() throws IOException {
        String address = address(url);
        String pem = authority == null ? null : Files.readString(authority, StandardCharsets.US_ASCII);
        if (pem == null && address.startsWith("https:")) pem = learn(address);
        Login login = new Login(address, token(), pem);
        var who = new ApiClient(login).get("/session");
        login.save();
        new Printer(Printer.Format.table, spec.commandLine().getOut())
                .line("Logged in to " + address + " as " + who.path("name").asText() + " ("
                        + who.path("role").asText() + "); kept in " + Paths.settings());
        return 0;
    }

    private static String address(String given) {
        boolean plain = given.startsWith("http://");
        String address = Login.address("URL", plain || given.startsWith("https://") ? given : "https://" + given);
        String host = URI.create(address).getHost();
        boolean loopback = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        if (plain && !loopback) throw new CommandFailure("http is for this machine only; use https://" + host);
        return address;
    }

    private @Nullable String learn(String address) {
        var chain = ApiClient.unknownChain(address);
        if (chain.isEmpty()) return null;
        var top = chain.getLast();
        String found = ApiClient.fingerprint(top);
        if (fingerprint != null) {
            if (!found.replace(":", "").equalsIgnoreCase(fingerprint.replace(":", ""))) {
                throw new CommandFailure(address + ": expected the fingerprint " + fingerprint + ", got " + found);
            }
            return ApiClient.pem(top);
        }
        String signed = address + " is signed by an authority unknown to this machine:";
        if (!Terminal.isThere()) {
            throw new CommandFailure(signed + " " + top.getSubjectX500Principal() + ", SHA-256 " + found
                    + "; give --ca FILE or --fingerprint SHA256 to trust it");
        }
        String question = signed + "\n  " + top.getSubjectX500Principal() + "\n  SHA-256 " + found;
        if (!Terminal.agrees(question + "\nTrust it?")) throw new CommandFailure("not trusted; nothing was kept");
        return ApiClient.pem(top);
    }

    private String token() throws IOException {
        if (tokenFile != null && !tokenFile.equals("-"))
            return Files.readString(Path.of(tokenFile)).strip();
        if (tokenFile == null && Terminal.isThere()) return Terminal.secret("API token: ");
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
