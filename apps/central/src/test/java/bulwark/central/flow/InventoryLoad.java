package bulwark.central.flow;

import static bulwark.central.flow.Objects.container;
import static bulwark.central.flow.Objects.pod;
import static bulwark.central.flow.Objects.workload;
import static bulwark.central.tables.Tables.CLUSTER;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.Workload;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Measures, by hand and not in tests: how long Central takes for a first sync of 5,000 workloads with 75,000 pods, and
/// which part of a core 50 changed objects a second take. Sensor's side runs in the same process, so that its figures
/// are those of both.
final class InventoryLoad {
    private static final int WORKLOADS = 5_000;
    private static final int PODS_EACH = 15;
    private static final int NAMESPACES = 100;
    private static final int CHANGES_A_SECOND = 50;
    private static final int SECONDS = 30;

    private InventoryLoad() {}

    public static void main(String[] arguments) throws Exception {
        try (var central = new CentralFixture();
                var sensor = central.joined("load")) {
            var workloads = new ArrayList<Workload>();
            for (int i = 0; i < WORKLOADS; i++) {
                var each = workload(
                        "ns-" + i % NAMESPACES, "web-" + i, container("web", i % 3 == 0), container("log", false));
                workloads.add(each);
                sensor.put(each);
                for (int n = 0; n < PODS_EACH; n++) sensor.put(pod(each, "web-" + i + "-" + n));
            }
            long bytes = sensor.objects.values().stream()
                    .mapToLong(json -> json.length)
                    .sum();
            System.out.printf("%d objects, %d MiB of documents%n", sensor.objects.size(), bytes >> 20);
            long cpu = cpu();
            Instant begin = Instant.now();
            var stream = sensor.inventory();
            int sent = sensor.sync(stream);
            Instant stored = Instant.now();
            while (central.database.sql().fetchExists(CLUSTER, CLUSTER.SYNCING.isTrue())) {
                LockSupport.parkNanos(1_000_000);
            }
            int judged = central.evaluation.judgeWaiting();
            Instant end = Instant.now();
            System.out.printf(
                    "first sync: %d documents stored in %d ms, %d workloads judged in %d ms; CPU of this process %d ms%n",
                    sent,
                    Duration.between(begin, stored).toMillis(),
                    judged,
                    Duration.between(stored, end).toMillis(),
                    (cpu() - cpu) / 1_000_000);
            steady(central, sensor, stream, workloads);
            Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                    .forEach(System.out::println);
        }
    }

    private static void steady(
            CentralFixture central,
            FakeSensor sensor,
            Dialogue<bulwark.wire.v1.SensorInventory, bulwark.wire.v1.CentralInventory> stream,
            List<Workload> workloads)
            throws InterruptedException {
        long cpu = cpu();
        Instant begin = Instant.now();
        int changed = 0;
        for (int tick = 0; tick < SECONDS * 4; tick++) {
            var keys = new ArrayList<ObjectKey>();
            for (int i = 0; i < CHANGES_A_SECOND / 4; i++) {
                var each = workloads.get(changed * 7 % WORKLOADS);
                if (changed % 2 == 0) {
                    sensor.put(workload(
                            each.metadata().namespace(), each.metadata().name(), container("web", tick % 2 == 0)));
                    keys.add(each.key());
                } else {
                    var pod = pod(each, each.metadata().name() + "-1", container("n" + tick, false));
                    sensor.put(pod);
                    keys.add(pod.key());
                }
                changed++;
            }
            sensor.deliver(stream, keys.toArray(ObjectKey[]::new));
            central.evaluation.judgeWaiting();
            Instant next = begin.plusMillis(250L * (tick + 1));
            while (Instant.now().isBefore(next)) {
                LockSupport.parkNanos(Duration.between(Instant.now(), next).toNanos());
            }
        }
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        System.out.printf(
                "steady: %d changes in %.1f s, %.2f cores%n", changed, seconds, (cpu() - cpu) / 1e9 / seconds);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
