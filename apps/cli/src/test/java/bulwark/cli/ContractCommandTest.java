package bulwark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.CommandFailure;
import bulwark.cli.api.Login;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands and their client against a contract double that answers as `openapi.yaml` writes; the real Central is met
/// in
/// `e2e`.
class ContractCommandTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            if (status != 204) exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private ApiClient client() {
        return new ApiClient(new Login("http://127.0.0.1:" + server.getAddress().getPort(), "bwk_token", null));
    }

    @Test
    void theTokenGoesWithEveryCall() {
        client().get("/alerts?limit=1");

        assertThat(asked).containsExactly("GET /api/v1/alerts?limit=1 Bearer bwk_token ");
    }

    @Test
    void changesByPatchReachTheServer() {
        var body = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("disabled", true);

        client().send("PATCH", "/policies/1", body);

        assertThat(asked).containsExactly("PATCH /api/v1/policies/1 Bearer bwk_token {\"disabled\":true}");
    }

    @Test
    void aProblemBecomesOneLineWithItsFields() {
        status = 422;
        answer = """
                {"type":"about:blank","title":"Invalid","status":422,"detail":"the filter is wrong",
                 "errors":[{"field":"filter","message":"unknown field colour at 1"}]}""";

        try {
            client().get("/alerts");
            throw new AssertionError("expected a failure");
        } catch (CommandFailure e) {
            assertThat(e.getMessage()).isEqualTo("the filter is wrong; filter: unknown field colour at 1");
        }
    }

    @Test
    void aFaultOfTheServerNamesTheServer() {
        status = 503;
        answer = """
                {"type":"about:blank","title":"Not available now","status":503,"detail":"the disk is full"}""";

        assertThatThrownBy(() -> client().get("/alerts"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageMatching("http://127.0.0.1:\\d+/alerts answered 503: the disk is full");
    }

    @Test
    void anUnknownCommandSuggestsTheNearOneAndEndsWithTwo() {
        var out = new StringWriter();
        var err = new StringWriter();

        int exit = Main.run(new String[] {"alrt", "list"}, new PrintWriter(out), new PrintWriter(err));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .isEqualTo("bulwark: Unmatched arguments from index 0: 'alrt', 'list'; did you mean alert? See"
                                + " `bulwark --help`"));
    }

    @Test
    void anUnknownFlagIsOneLineThatSaysWhereHelpIs() {
        var err = new StringWriter();

        int exit = Main.run(
                new String[] {"alert", "list", "--colour"}, new PrintWriter(new StringWriter()), new PrintWriter(err));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("bulwark: Unknown option: '--colour'; see `bulwark alert list --help`");
    }

    @Test
    void anAnswerThatIsNoJsonIsToldAsSuch() {
        answer = "<html>a proxy</html>";

        assertThatThrownBy(() -> client().get("/alerts"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageEndingWith(" answered something that is not JSON: is it a Central?");
    }

    @Test
    void anAddressThatIsNoneIsToldWithWhereItStands() {
        assertThat(Login.address("URL", "https://central:8443//")).isEqualTo("https://central:8443");
        for (String wrong : List.of("nonsense", "ftp://central", "https://", "https://a b")) {
            assertThatThrownBy(() -> Login.address("BULWARK_URL", wrong))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("BULWARK_URL: expected an address like https://HOST:8443, got: " + wrong);
        }
    }

    @Test
    void aFileThatIsMissingOrInTheWayIsToldInOneLine() {
        assertThat(CommandFailure.of(Path.of("/x"), new NoSuchFileException("/x")))
                .hasMessage("/x: there is no such file");
        assertThat(CommandFailure.of(Path.of("/x"), new FileAlreadyExistsException("/x")))
                .hasMessage("/x: expected a folder, a file is in its place; name another");
        assertThat(CommandFailure.of(Path.of("/x"), new FileSystemException("/x/y", null, "No space left on device")))
                .hasMessage("/x: No space left on device");
    }

    @Test
    void helpNamesEveryCommand() {
        var out = new StringWriter();

        int exit = Main.run(new String[] {"--help"}, new PrintWriter(out), new PrintWriter(new StringWriter()));

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("up", "down", "login", "alert", "workload", "cluster", "policy", "token", "backup", "restore")
                .contains("version", "completion", "admin");
    }
}
