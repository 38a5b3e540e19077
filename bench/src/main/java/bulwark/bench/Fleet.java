package bulwark.bench;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.EnvironmentVariable;
import bulwark.model.inventory.ImageReference;
import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.PodSpec;
import bulwark.model.inventory.SecurityContext;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.Volume;
import bulwark.model.inventory.VolumeMount;
import bulwark.model.inventory.Workload;
import bulwark.model.inventory.WorkloadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A fleet made by a seeded generator: workloads of which some share their pod shape, with the objects around them.
final class Fleet {
    private static final String[] CAPABILITIES = {"NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE", "NET_RAW"};
    private static final String[] PATHS = {"/etc", "/var/lib/data", "/var/run/docker.sock", "/opt/app", "/proc"};

    private final Random random;

    Fleet(long seed) {
        this.random = new Random(seed);
    }

    /// `count` workloads of `shapes` distinct pod shapes, each with its context.
    List<WorkloadContext> workloads(int count, int shapes) {
        List<PodSpec> specs = new ArrayList<>();
        for (int i = 0; i < shapes; i++) specs.add(shape(i));
        List<WorkloadContext> fleet = new ArrayList<>();
        for (int i = 0; i < count; i++) fleet.add(context(workload(i, specs.get(i % shapes))));
        return fleet;
    }

    /// One workload that no other equals.
    WorkloadContext changed(int number) {
        return context(workload(number, shape(number)));
    }

    private Workload workload(int number, PodSpec spec) {
        Map<String, String> labels = random.nextInt(3) == 0
                ? Map.of("app", "app-" + number, "team", "team-" + number % 40)
                : Map.of("app", "app-" + number);
        var metadata = new Metadata(
                "namespace-" + number % 200,
                "workload-" + number,
                null,
                labels,
                random.nextInt(4) == 0 ? Map.of("email", "team@shop.example") : Map.of(),
                null);
        return new Workload(
                "Deployment",
                "apps/v1",
                metadata,
                new Metadata(metadata.namespace(), "", null, labels, Map.of(), null),
                1 + random.nextInt(15),
                new LabelSelector(Map.of("app", "app-" + number), List.of()),
                "spec.template.spec",
                spec);
    }

    private WorkloadContext context(Workload workload) {
        Map<String, String> selector =
                Map.of("app", workload.podMetadata().labels().getOrDefault("app", ""));
        String namespace = workload.metadata().namespace();
        List<Service> services = random.nextInt(2) == 0
                ? List.of(new Service(
                        Metadata.named(namespace, "service"),
                        random.nextInt(8) == 0 ? "LoadBalancer" : "ClusterIP",
                        selector,
                        List.of(new Service.Port("http", "TCP", 80, "8080", 0)),
                        List.of("10.0.0.1"),
                        List.of(),
                        List.of()))
                : List.of();
        List<NetworkPolicy> policies = random.nextInt(3) == 0
                ? List.of(new NetworkPolicy(
                        Metadata.named(namespace, "deny"), LabelSelector.EVERYTHING, true, false, List.of(), List.of()))
                : List.of();
        return new WorkloadContext(
                workload,
                "cluster",
                "production",
                Map.of(),
                Map.of("tier", "two"),
                services,
                List.of(),
                policies,
                null,
                List.of());
    }

    private PodSpec shape(int number) {
        List<Container> containers = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) containers.add(container(number, i));
        List<Volume> volumes = List.of(
                new Volume("data", "hostPath", PATHS[random.nextInt(PATHS.length)], false),
                new Volume("config", "configMap", "config-" + number, false));
        return new PodSpec(
                containers,
                volumes,
                random.nextInt(2) == 0 ? "default" : "account-" + number,
                random.nextInt(3) == 0 ? Boolean.FALSE : null,
                random.nextInt(20) == 0,
                random.nextInt(30) == 0,
                random.nextInt(40) == 0,
                null,
                null,
                null,
                null,
                SecurityContext.UNSET,
                List.of());
    }

    private Container container(int shape, int index) {
        List<EnvironmentVariable> environment = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            environment.add(new EnvironmentVariable(
                    i == 3 && random.nextInt(10) == 0 ? "DB_PASSWORD" : "SETTING_" + i,
                    EnvironmentVariable.Source.RAW,
                    "value-" + shape + "-" + i));
        }
        boolean limited = random.nextInt(2) == 0;
        return new Container(
                "container-" + index,
                Container.Type.REGULAR,
                "containers[" + index + "]",
                ImageReference.parse(
                        "registry.shop.example/team/app-" + shape + (random.nextInt(6) == 0 ? "" : ":1." + shape % 50)),
                "IfNotPresent",
                List.of(),
                List.of("--verbose", "--port=8080"),
                environment,
                List.of(),
                List.of(new Container.Port("http", random.nextInt(50) == 0 ? 22 : 8080, 0, "TCP", "")),
                List.of(
                        new VolumeMount("data", "/data", "", random.nextInt(2) == 0, VolumeMount.Propagation.NONE),
                        new VolumeMount("config", "/config", "", true, VolumeMount.Propagation.NONE)),
                limited ? new Container.Resources(0.1, 1, 128, 256) : Container.Resources.NONE,
                new SecurityContext(
                        random.nextInt(25) == 0,
                        random.nextInt(2) == 0 ? Boolean.FALSE : null,
                        random.nextInt(3) == 0,
                        null,
                        null,
                        null,
                        null,
                        random.nextInt(10) == 0
                                ? List.of(CAPABILITIES[random.nextInt(CAPABILITIES.length)])
                                : List.of(),
                        random.nextInt(3) == 0 ? List.of("ALL") : List.of(),
                        null,
                        null,
                        null,
                        List.of()),
                random.nextInt(2) == 0,
                random.nextInt(2) == 0);
    }
}
