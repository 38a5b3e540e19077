package bulwark.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Which Central a command talks to, as whom, and which authority it trusts there (PEM; absent for http on loopback
/// and for certificates that the system trusts).
public record Login(String url, String token, @Nullable String authority) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The login in force: `BULWARK_URL` and `BULWARK_TOKEN`, then what `bulwark login` saved, then a Central that
    /// `bulwark up` runs on this machine for this user.
    public static Login current() {
        String url = System.getenv("BULWARK_URL");
        String token = System.getenv("BULWARK_TOKEN");
        if (url != null && token != null) {
            String file = System.getenv("BULWARK_CA_FILE");
            return new Login(address("BULWARK_URL", url), token, file == null ? null : read(Path.of(file)));
        }
        Path saved = Paths.settings();
        if (Files.exists(saved)) return parse(read(saved), saved);
        Login local = local(Paths.data());
        if (local != null) return local;
        throw new CommandFailure("not logged in: run `bulwark login URL`, or set BULWARK_URL and BULWARK_TOKEN");
    }

    /// The text without slashes at its end, where it is an address by which a Central can be reached.
    public static String address(String where, String text) {
        try {
            URI uri = URI.create(text);
            boolean known = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (known && uri.getHost() != null) return text.replaceAll("/+$", "");
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new CommandFailure(where + ": expected an address like https://HOST:8443, got: " + text);
    }

    /// The Central that must run from this data directory.
    public static Login ofRunning(Path data) {
        Login login = local(data);
        if (login == null) {
            throw new CommandFailure(
                    "no Central runs from " + data + "; start one with `bulwark up --data " + data + "`");
        }
        return login;
    }

    /// The Central that runs from this data directory, or null where none does.
    public static @Nullable Login local(Path data) {
        Path state = data.resolve("central/run/central.json");
        Path token = data.resolve("central/run/local-token");
        if (!Files.exists(state) || !Files.isReadable(token)) return null;
        try {
            int port = JSON.readTree(state.toFile()).path("http").asInt();
            return new Login("http://127.0.0.1:" + port, read(token).strip(), null);
        } catch (IOException e) {
            throw new CommandFailure(state + ": expected the state of a running Central, got: " + e.getMessage());
        }
    }

    /// Keeps this login for later commands, readable by this user alone.
    public void save() throws IOException {
        Path file = Paths.settings();
        Files.createDirectories(file.toAbsolutePath().getParent());
        var node = JSON.createObjectNode().put("url", url).put("token", token);
        if (authority != null) node.put("authority", authority);
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "login",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Login parse(String text, Path file) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.path("url").isTextual() || !node.path("token").isTextual()) {
                throw new CommandFailure(file + ": expected a url and a token; run `bulwark login URL` again");
            }
            return new Login(
                    node.get("url").asText(),
                    node.get("token").asText(),
                    node.path("authority").isTextual() ? node.get("authority").asText() : null);
        } catch (IOException e) {
            throw new CommandFailure(file + ": expected JSON written by `bulwark login`; run it again");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.of(file, e);
        }
    }
}
