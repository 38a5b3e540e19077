package bulwark.store.database;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Speaks just enough of PostgreSQL's protocol
/// (<https://www.postgresql.org/docs/current/protocol-message-formats.html>)
/// to be taken for a server of a given version: lets everybody in and agrees to every statement.
final class OldServer implements AutoCloseable {
    private static final int SSL_REQUEST = 80_877_103;

    /// One column of text, named x.
    private static final byte[] COLUMN = {0, 1, 'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25, -1, -1, -1, -1, -1, -1, 0, 0};

    /// One row, which says off.
    private static final byte[] ROW = {0, 1, 0, 0, 0, 3, 'o', 'f', 'f'};

    private final ServerSocket socket;
    private final String version;

    private OldServer(ServerSocket socket, String version) {
        this.socket = socket;
        this.version = version;
    }

    static OldServer start(String version) throws IOException {
        var server = new OldServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), version);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                if (!socket.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(client.getOutputStream());
            while (startsWithRequestForTls(in)) {
                out.writeByte('N');
                out.flush();
            }
            greet(out);
            boolean asks = false;
            for (int type = in.read(); type >= 0 && type != 'X'; type = in.read()) {
                String body = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
                if (type == 'P') asks = body.contains("SHOW");
                answer(type, asks, out);
            }
        } catch (IOException e) {
            // the client is gone, which is what this test is about
        }
    }

    private static boolean startsWithRequestForTls(DataInputStream in) throws IOException {
        int length = in.readInt();
        int code = in.readInt();
        in.skipNBytes(length - 8L);
        return code == SSL_REQUEST;
    }

    private void greet(DataOutputStream out) throws IOException {
        send(out, 'R', new byte[4]);
        var settings = Map.of(
                "server_version", version,
                "server_encoding", "UTF8",
                "client_encoding", "UTF8",
                "DateStyle", "ISO",
                "TimeZone", "UTC",
                "integer_datetimes", "on",
                "standard_conforming_strings", "on");
        for (var setting : settings.entrySet()) send(out, 'S', texts(setting.getKey(), setting.getValue()));
        send(out, 'Z', new byte[] {'I'});
        out.flush();
    }

    private static void answer(int type, boolean asks, DataOutputStream out) throws IOException {
        switch (type) {
            case 'P' -> send(out, '1', new byte[0]);
            case 'B' -> send(out, '2', new byte[0]);
            case 'D' -> send(out, asks ? 'T' : 'n', asks ? COLUMN : new byte[0]);
            case 'E' -> {
                if (asks) send(out, 'D', ROW);
                send(out, 'C', texts(asks ? "SHOW" : "SET"));
            }
            default -> send(out, 'Z', new byte[] {'I'});
        }
        out.flush();
    }

    private static byte[] texts(String... texts) {
        var bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    private static void send(DataOutputStream out, char type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
