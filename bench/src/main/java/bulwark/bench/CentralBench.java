package bulwark.bench;

import bulwark.base.FileTree;
import bulwark.sensor.watch.WatchedResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A whole Central process with its own PostgreSQL on a new data directory, fsync on.
///
/// Sensor's own streams, in this process, bring it 75,000 pods, 3,000 nodes and 5,000 workloads, measured from the
/// opening of the connection until all is committed and judged; then 50 changes a second, half of them pods that
/// moved, half workloads whose alerts change; then the lists of alerts with 200,000 that are not resolved and 50,000
/// that are, put in by SQL. Sensor's side runs on the same cores and is in none of the CPU figures.
public final class CentralBench {
    private static final int CHANGES_A_SECOND = 50;
    private static final int BATCHES_A_SECOND = 5;
    private static final int STEADY_SECONDS = 40;
    private static final long UNRESOLVED = 200_000;
    private static final long RESOLVED = 50_000;

    private CentralBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("bulwark-central-bench");
        int status;
        try (var central = CentralProcess.start(folder);
                var database = new AlertLoadStore(central.jdbc())) {
            status = run(central, database, folder);
        } finally {
            FileTree.delete(folder);
        }
        System.exit(status);
    }

    private static int run(CentralProcess central, AlertLoadStore database, Path folder) throws Exception {
        var report = new Report("central: a sync of %,d pods, %,d nodes, %,d workloads; %d changes/s; %,d open alerts"
                .formatted(
                        LargeCluster.PODS, LargeCluster.NODES, LargeCluster.DEPLOYMENTS, CHANGES_A_SECOND, UNRESOLVED));
        String registration =
                central.post("/clusters", "{\"name\":\"large\"}").path("secret").asText();
        try (var sensor = SensorLoad.join(registration, central.joinAddress(), folder)) {
            LargeCluster.each((resource, name, object) -> sensor.put(resource, object));
            say("%,d documents of %,d MiB are ready", sensor.documents(), sensor.bytes() >> 20);
            sync(central, database, sensor, report);
            steady(central, database, sensor, report);
        }
        report.add("resident memory of Central, highest until then", central.peakMib(), 1_024, "MiB");
        say("filling the table of alerts");
        database.fill(UNRESOLVED, RESOLVED);
        say("asking for alerts");
        new AlertListLoad(central).measure(report, 50);
        report.add("resident memory of Central, highest at the end", central.peakMib(), 1_024, "MiB");
        return report.print();
    }

    private static void sync(CentralProcess central, AlertLoadStore database, SensorLoad sensor, Report report)
            throws Exception {
        double ownCpu = central.cpuSeconds();
        double postgresCpu = central.postgresCpuSeconds();
        long began = System.nanoTime();
        sensor.connect();
        sensor.awaitSync();
        double stored = seconds(began);
        say("committed after %.1f s", stored);
        database.awaitJudged();
        double judged = seconds(began);
        say("judged after %.1f s: %,d alerts", judged, database.openAlerts());
        report.add("first byte to all committed and judged", judged, 60, "s");
        report.add("of that, until all was committed", stored, 0, "s");
        report.add("CPU of Central for it", central.cpuSeconds() - ownCpu, 0, "s");
        report.add("CPU of PostgreSQL for it", central.postgresCpuSeconds() - postgresCpu, 0, "s");
    }

    private static void steady(CentralProcess central, AlertLoadStore database, SensorLoad sensor, Report report)
            throws Exception {
        long waits = System.nanoTime();
        database.awaitAnnounced();
        report.add("then until all alerts were announced", seconds(waits), 0, "s");
        Instant from = Instant.now();
        double ownCpu = central.cpuSeconds();
        double postgresCpu = central.postgresCpuSeconds();
        long began = System.nanoTime();
        int each = CHANGES_A_SECOND / BATCHES_A_SECOND;
        for (int batch = 0; batch < STEADY_SECONDS * BATCHES_A_SECOND; batch++) {
            for (int i = 0; i < each; i++) change(sensor, batch, batch * each + i);
            long next = began + (batch + 1) * TimeUnit.SECONDS.toNanos(1) / BATCHES_A_SECOND;
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
        double took = seconds(began);
        double own = (central.cpuSeconds() - ownCpu) / took;
        double postgres = (central.postgresCpuSeconds() - postgresCpu) / took;
        long behind = System.nanoTime();
        database.awaitChanged(from, (long) STEADY_SECONDS * CHANGES_A_SECOND);
        database.awaitJudged();
        report.add(CHANGES_A_SECOND + " changed objects/s for " + STEADY_SECONDS + " s, Central", own, 0.3, "cores");
        report.add("PostgreSQL meanwhile", postgres, 0, "cores");
        report.add("from the last change to all stored and judged", seconds(behind) * 1000, 0, "ms");
    }

    private static void change(SensorLoad sensor, int batch, int number) {
        if (number % 2 == 0) {
            sensor.put(WatchedResource.PODS, LargeCluster.pod(number, "node-moved-" + batch));
        } else {
            String tag = number % 4 == 1 ? "latest" : "changed";
            sensor.put(WatchedResource.DEPLOYMENTS, LargeCluster.deployment(number, "registry.example/app:" + tag));
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void say(String text, Object... values) {
        System.err.printf(Locale.ROOT, "  " + text + "%n", values);
    }
}
