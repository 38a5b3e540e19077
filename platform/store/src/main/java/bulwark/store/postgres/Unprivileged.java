package bulwark.store.postgres;

import bulwark.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How PostgreSQL's programs are run, since they refuse root: as ourselves when we are not root, else in a user
/// namespace of their own (where root is nobody, and still owns its files), else as the user `nobody`.
final class Unprivileged {
    private static final String NOBODY = "65534";

    private final List<String> prefix;
    private final boolean otherUser;

    private Unprivileged(List<String> prefix, boolean otherUser) {
        this.prefix = prefix;
        this.otherUser = otherUser;
    }

    static Unprivileged detect(PostgresBinaries binaries) throws IOException {
        if (!isRoot()) return new Unprivileged(List.of(), false);
        String probe = binaries.program("postgres");
        List<String> namespace = List.of("unshare", "--user");
        if (Command.run(with(namespace, List.of(probe, "--version"))).succeeded()) {
            return new Unprivileged(namespace, false);
        }
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        if (Command.run(with(nobody, List.of(probe, "--version"))).succeeded()) return new Unprivileged(nobody, true);
        throw new UserError(
                "embedded PostgreSQL",
                "to run it without root's rights",
                "neither a user namespace (unshare) nor another user (setpriv) can be had here",
                "run Bulwark as an ordinary user, or give an external server with BULWARK_DB_URL");
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /// Gives `folder` to the user that PostgreSQL runs as, where that is not ourselves.
    void own(Path folder) throws IOException {
        if (!otherUser) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.setAttribute(each, "unix:uid", Integer.valueOf(NOBODY), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    List<String> command(String... words) {
        return with(prefix, List.of(words));
    }

    List<String> command(List<String> words) {
        return with(prefix, words);
    }

    private static List<String> with(List<String> prefix, List<String> words) {
        var all = new ArrayList<>(prefix);
        all.addAll(words);
        return all;
    }
}
