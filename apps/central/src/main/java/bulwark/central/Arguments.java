package bulwark.central;

import bulwark.base.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of the command line: options with values, the others in their order.
record Arguments(Map<String, List<String>> options, List<String> words) {
    private static final Set<String> WITH_VALUE = Set.of(
            "--data",
            "--http",
            "--https",
            "--grpc",
            "--host",
            "--tls-cert",
            "--tls-key",
            "--key-file",
            "--passphrase-file");
    private static final Set<String> ALONE = Set.of("--help", "--version", "--without-key");

    static Arguments parse(String... arguments) {
        var options = new HashMap<String, List<String>>();
        var words = new ArrayList<String>();
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (!word.startsWith("-")) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (ALONE.contains(name) && equals < 0) {
                options.computeIfAbsent(name, _ -> new ArrayList<>()).add("");
                continue;
            }
            if (!WITH_VALUE.contains(name)) {
                throw new UserError("option " + name, "one that is known", "it is not", "--help lists those that are");
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw new UserError("option " + name, "a value", "none came", "give one: " + name + " VALUE");
            }
            String value = equals < 0 ? arguments[++i] : word.substring(equals + 1);
            options.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new Arguments(options, words);
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    @Nullable
    String last(String name) {
        List<String> values = options.get(name);
        return values == null ? null : values.getLast();
    }

    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    int port(String name, int usual) {
        String value = last(name);
        if (value == null) return usual;
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError("option " + name, "a port from 0 to 65535", "it is " + value, "give one of these");
    }

    Path data() {
        String value = last("--data");
        if (value == null || value.isBlank()) {
            throw new UserError("option --data", "a directory", "none was named", "give one: --data DIR");
        }
        return Path.of(value).toAbsolutePath();
    }

    CentralSettings settings() {
        Path data = data();
        String certificate = last("--tls-cert");
        String key = last("--tls-key");
        if ((certificate == null) != (key == null)) {
            throw new UserError(
                    "options --tls-cert and --tls-key", "both or neither", "only one came", "give the other too");
        }
        String keyFile = last("--key-file");
        return new CentralSettings(
                data,
                new CentralSettings.Ports(port("--http", 8080), port("--https", 8443), port("--grpc", 8444)),
                all("--host"),
                certificate == null || key == null
                        ? null
                        : new CentralSettings.TlsFiles(Path.of(certificate), Path.of(key)),
                keyFile == null ? data.resolve("secret.key") : Path.of(keyFile));
    }
}
