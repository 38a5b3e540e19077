package bulwark.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Central with its Sensors, on ports of their own.
public final class Bulwark implements AutoCloseable {
    private final Path folder;
    private final int http = freePort();
    private final int https = freePort();
    private final int grpc = freePort();
    private final Part central;
    private final List<Part> sensors = new ArrayList<>();

    public Bulwark(Path folder, String... more) {
        this.folder = folder;
        List<String> words = new ArrayList<>(List.of(
                "--data", folder.resolve("central").toString(),
                "--http", String.valueOf(http),
                "--https", String.valueOf(https),
                "--grpc", String.valueOf(grpc)));
        words.addAll(List.of(more));
        this.central = new Part("bulwark.central.Main", folder.resolve("central.log"), words.toArray(String[]::new));
        central.awaitReady();
    }

    public Api api() {
        return new Api(http, folder.resolve("central"));
    }

    public Part central() {
        return central;
    }

    /// Where Central keeps its state.
    public Path data() {
        return folder.resolve("central");
    }

    public int httpPort() {
        return http;
    }

    public int httpsPort() {
        return https;
    }

    /// Where Sensors keep their streams.
    public int grpcPort() {
        return grpc;
    }

    /// Registers a cluster and gives the line that its Sensor joins with.
    public String register(String name) {
        return api().send("POST", "/clusters", "{\"name\":\"" + name + "\"}")
                .path("secret")
                .asText();
    }

    /// Registers a cluster and starts its Sensor as a process beside Central.
    public Part sensor(String name, Path kubeconfig) {
        try {
            Path home = Files.createDirectories(folder.resolve("sensor-" + name));
            Path registration = Files.writeString(home.resolve("registration"), register(name) + "\n");
            Part sensor = new Part(
                    "bulwark.sensor.Main",
                    folder.resolve("sensor-" + name + ".log"),
                    "--central",
                    "https://127.0.0.1:" + https,
                    "--registration",
                    registration.toString(),
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "--data",
                    home.toString());
            sensors.add(sensor);
            sensor.awaitReady();
            return sensor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Part sensor : sensors) sensor.close();
        central.close();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
