package bulwark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Central with its own PostgreSQL in a process of its own, with the flags by which `up` starts it.
final class CentralProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("READY http=(\\d+) https=(\\d+) grpc=(\\d+)");
    private static final double TICKS_A_SECOND = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final Process process;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;
    private final int httpPort;
    private final int httpsPort;

    private CentralProcess(Path data, Process process, Matcher ports) throws IOException {
        this.data = data;
        this.process = process;
        this.httpPort = Integer.parseInt(ports.group(1));
        this.httpsPort = Integer.parseInt(ports.group(2));
        this.token = Files.readString(data.resolve("run/local-token")).strip();
    }

    static CentralProcess start(Path folder) throws IOException {
        Path data = folder.resolve("central");
        Path log = folder.resolve("central.log");
        Process process =
                new ProcessBuilder(command(data)).redirectError(log.toFile()).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) return new CentralProcess(data, process, ready);
        }
        throw new IllegalStateException("Central did not become ready: " + Files.readString(log));
    }

    private static List<String> command(Path data) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx640m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "bulwark.central.Main"));
        command.addAll(List.of("--data", data.toString(), "--http", "0", "--https", "0", "--grpc", "0"));
        return command;
    }

    /// Where a Sensor joins.
    URI joinAddress() {
        return URI.create("https://127.0.0.1:" + httpsPort);
    }

    /// Asks the API on its plain port, as its owner or by another token.
    HttpRequest get(String path, String by) {
        return request(path, by).GET().build();
    }

    private HttpRequest.Builder request(String path, String by) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/api/v1" + path))
                .header("Authorization", "Bearer " + by)
                .header("Accept", "application/json");
    }

    String ownToken() {
        return token;
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(send(request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    JsonNode ask(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(get(path, token)));
    }

    /// Sends it and reads the whole answer, which must be a good one.
    byte[] send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(request.uri() + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    /// The JDBC address of its database, with the password.
    String jdbc() throws IOException {
        String password = Files.readString(data.resolve("postgres/password")).strip();
        String port = postmaster().get(3).strip();
        return "jdbc:postgresql://127.0.0.1:" + port + "/bulwark?user=bulwark&password=" + password;
    }

    private List<String> postmaster() throws IOException {
        return Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
    }

    /// Seconds of CPU that Central's process has used.
    double cpuSeconds() throws IOException {
        return ticks(process.pid(), false) / TICKS_A_SECOND;
    }

    /// Seconds of CPU that its PostgreSQL has used, ended backends included.
    double postgresCpuSeconds() throws IOException {
        long postmaster = Long.parseLong(postmaster().getFirst().strip());
        long ticks = ticks(postmaster, true);
        List<ProcessHandle> backends =
                ProcessHandle.of(postmaster).orElseThrow().children().toList();
        for (ProcessHandle backend : backends) {
            if (backend.isAlive()) ticks += ticks(backend.pid(), false);
        }
        return ticks / TICKS_A_SECOND;
    }

    private static long ticks(long pid, boolean withEnded) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // the name in parentheses may hold blanks; behind it come the state (3rd), and utime from the 14th on
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return withEnded ? ticks + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : ticks;
    }

    /// The most memory that Central's process has had at a time.
    double peakMib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
        throw new IllegalStateException("no VmHWM of Central");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
