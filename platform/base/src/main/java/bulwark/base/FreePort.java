package bulwark.base;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A port that somebody is about to listen on, tried before so that one in use is told with who holds it.
public final class FreePort {
    private static final String LISTENING = "0A"; // the kernel's number of the state
    private static final int MOST_PROCESSES = 100_000;

    private FreePort() {}

    /// Returns where the address can be listened on; else says who listens there, and `whatToDo`. Port 0 is always
    /// free.
    public static void check(InetSocketAddress address, String whatToDo) {
        if (address.getPort() == 0) return;
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("in use")) throw notAllowed(address, e, whatToDo);
            throw new UserError(
                    "port " + address.getPort(),
                    "it to be free",
                    holder(address.getPort()) + " listens there",
                    whatToDo);
        }
    }

    private static UserError notAllowed(InetSocketAddress address, IOException failure, String whatToDo) {
        return new UserError(
                "port " + address.getPort(),
                "an address that this process may listen on",
                "the system says: " + failure.getMessage(),
                whatToDo,
                failure);
    }

    /// The process that listens on the port, as far as the kernel tells us; other users' processes are not shown to
    /// all.
    static String holder(int port) {
        try {
            Set<String> sockets = new HashSet<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) collect(Path.of(table), port, sockets);
            if (sockets.isEmpty()) return "another process";
            int seen = 0;
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    if (++seen > MOST_PROCESSES) break;
                    if (holds(process, sockets)) {
                        String name = Files.readString(process.resolve("comm")).strip();
                        return "process " + process.getFileName() + " (" + name + ")";
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // a system without /proc, or a process that ended meanwhile
        }
        return "another process";
    }

    // a line: number, local address:port in hex, remote, state, queues, timer, retransmits, user, timeout, inode
    private static void collect(Path table, int port, Set<String> sockets) throws IOException {
        if (!Files.isReadable(table)) return;
        String suffix = ":%04X".formatted(port);
        for (String line : Files.readAllLines(table)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length > 9 && words[1].endsWith(suffix) && words[3].equals(LISTENING)) {
                sockets.add("socket:[" + words[9] + "]");
            }
        }
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(target(file))) return true;
            }
        } catch (IOException | DirectoryIteratorException _) {
            return false; // another user's, or ended meanwhile
        }
        return false;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException _) {
            return ""; // closed meanwhile
        }
    }
}
