package bulwark.bench;

import bulwark.sensor.fake.ContractCentral;
import bulwark.sensor.fake.FakeApiServer;
import bulwark.sensor.watch.WatchedResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A whole Sensor process against a fake API server with 75,000 pods of 5,000 Deployments on 3,000 nodes, and a Central
/// that takes everything: time to the first complete sync, heap, and what a storm of changes does.
public final class SensorBench {
    private static final int CHANGES = 20_000;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private SensorBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("bulwark-sensor-bench");
        try (var api = new FakeApiServer();
                var central = new ContractCentral()) {
            central.inventory().keepHashesOnly();
            LargeCluster.each((resource, name, object) -> api.of(resource).seed(name, object));
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());
            Path registration = Files.writeString(
                    folder.resolve("registration"), central.registration().line());
            System.exit(run(api, central, folder, kubeconfig, registration));
        }
    }

    private static int run(FakeApiServer api, ContractCentral central, Path folder, Path kubeconfig, Path registration)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process sensor = new ProcessBuilder(command(folder, kubeconfig, registration))
                .redirectError(folder.resolve("log").toFile())
                .start();
        try (var out = new BufferedReader(new InputStreamReader(sensor.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            if (line == null || !line.startsWith("READY")) {
                throw new IllegalStateException(
                        "Sensor did not become ready: " + Files.readString(folder.resolve("log")));
            }
            double syncSeconds = seconds(began);
            var report = new Report("sensor: " + LargeCluster.PODS + " pods, " + LargeCluster.NODES
                    + " nodes, heap of at most 448 MiB");
            report.add("start of the process to all committed by Central", syncSeconds, 60, "s");
            report.add("CPU of Sensor for it", cpuSeconds(sensor), 0, "s");
            report.add("objects sent", (double) central.inventory().documentsReceived(), 0, "");
            report.add("heap at its highest allowed", 448, 512, "MiB");
            report.add("heap in use after a collection", heapMib(sensor), 512, "MiB");
            report.add("resident memory, highest", peakMib(sensor), 0, "MiB");
            changes(api, central, report);
            report.add("heap in use after the changes", heapMib(sensor), 512, "MiB");
            return report.print();
        } finally {
            sensor.destroy();
            sensor.waitFor();
        }
    }

    private static void changes(FakeApiServer api, ContractCentral central, Report report) throws InterruptedException {
        long before = central.inventory().documentsReceived();
        long began = System.nanoTime();
        for (int i = 0; i < CHANGES; i++) {
            api.of(WatchedResource.PODS).put(LargeCluster.namespace(i) + "/pod-" + i, LargeCluster.pod(i, "moved"));
        }
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (central.inventory().documentsReceived() - before < CHANGES) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("the changes did not arrive");
            Thread.sleep(20);
        }
        report.add(CHANGES + " changed pods, made to committed", seconds(began), 0, "s");
    }

    private static List<String> command(Path folder, Path kubeconfig, Path registration) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx448m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "bulwark.sensor.Main"));
        command.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--registration", registration.toString()));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        return command;
    }

    private static double heapMib(Process sensor) throws IOException, InterruptedException {
        jcmd(sensor, "GC.run");
        Matcher used = USED.matcher(jcmd(sensor, "GC.heap_info"));
        long kib = 0;
        for (int i = 0; i < 2 && used.find(); i++) kib += Long.parseLong(used.group(1)); // young and old
        if (kib == 0) throw new IllegalStateException("the heap of Sensor could not be read");
        return kib / 1024.0;
    }

    private static String jcmd(Process sensor, String what) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(sensor.pid()), what)
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static double peakMib(Process sensor) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(sensor.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
        return 0;
    }

    private static double cpuSeconds(Process sensor) {
        return sensor.info()
                .totalCpuDuration()
                .map(each -> each.toMillis() / 1000.0)
                .orElse(0.0);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
