package bulwark.base.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A TCP proxy that can go deaf: the connections it has then stay open on both sides, and what is sent on them is taken
/// and never arrives, as behind a firewall that forgot them. Connections made later are forwarded as ever.
public final class DeafProxy implements AutoCloseable {
    /// Which way bytes go.
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Collection<Pipe> pipes = new ConcurrentLinkedQueue<>();

    /// Forwards to a port of this machine.
    public DeafProxy(int serverPort) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /// Where clients connect.
    public int port() {
        return listener.getLocalPort();
    }

    /// How many connections there have been.
    public int connections() {
        return pipes.size() / Direction.values().length;
    }

    /// Lets nothing through any more on the connections there are, in these directions: neither bytes nor the end.
    public void goDeaf(Set<Direction> directions) {
        for (Pipe pipe : pipes) {
            if (directions.contains(pipe.direction)) pipe.deaf = true;
        }
    }

    /// The same in both directions.
    public void goDeaf() {
        goDeaf(EnumSet.allOf(Direction.class));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var forward = new Socket();
        try {
            forward.connect(server);
        } catch (IOException _) {
            client.close(); // nobody listens there
            return;
        }
        pipe(Direction.TO_SERVER, client, forward);
        pipe(Direction.TO_CLIENT, forward, client);
    }

    private void pipe(Direction direction, Socket from, Socket to) {
        var pipe = new Pipe(direction, from, to);
        pipes.add(pipe);
        Thread.ofVirtual().name("proxy " + direction).start(pipe::run);
    }

    private static final class Pipe {
        private final Direction direction;
        private final Socket from;
        private final Socket to;
        private volatile boolean deaf;

        Pipe(Direction direction, Socket from, Socket to) {
            this.direction = direction;
            this.from = from;
            this.to = to;
        }

        void run() {
            var buffer = new byte[64 << 10];
            try {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!deaf) out.write(buffer, 0, read);
                }
                if (!deaf) to.shutdownOutput();
            } catch (IOException _) {
                if (!deaf) close();
            }
        }

        void close() {
            try (from;
                    to) {
                deaf = true;
            } catch (IOException _) {
                // closed already
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Pipe pipe : pipes) pipe.close();
    }
}
