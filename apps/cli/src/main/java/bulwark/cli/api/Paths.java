package bulwark.cli.api;

import java.nio.file.Path;

/// Where Bulwark keeps what belongs to this user: settings and data by the XDG base directory specification.
public final class Paths {
    private Paths() {}

    /// The settings of `bulwark login`.
    public static Path settings() {
        return base("XDG_CONFIG_HOME", ".config").resolve("bulwark").resolve("login.json");
    }

    /// The data directory that `up` uses where none is named.
    public static Path data() {
        return base("XDG_DATA_HOME", ".local/share").resolve("bulwark");
    }

    private static Path base(String variable, String underHome) {
        String set = System.getenv(variable);
        return set == null || set.isBlank() ? Path.of(System.getProperty("user.home"), underHome) : Path.of(set);
    }
}
