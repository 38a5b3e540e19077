package bulwark.central.flow;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.ServiceAccount;
import bulwark.model.inventory.Workload;
import bulwark.model.inventory.WorkloadContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What stands beside the workloads of one namespace, read once for all of them.
record NamespaceObjects(
        String clusterId,
        String clusterName,
        Map<String, String> labels,
        List<Service> services,
        List<Ingress> ingresses,
        List<NetworkPolicy> networkPolicies,
        Map<String, ServiceAccount> serviceAccounts) {
    /// The workload with what concerns it; `pods` are one of each shape that runs for it.
    WorkloadContext contextOf(Workload workload, List<Pod> pods) {
        Map<String, String> podLabels = workload.podMetadata().labels();
        var selecting = services.stream()
                .filter(service -> selects(service.selector(), podLabels))
                .toList();
        var names = new HashSet<String>();
        for (Service service : selecting) names.add(service.metadata().name());
        var routing = ingresses.stream()
                .filter(ingress -> ingress.routes().stream().anyMatch(route -> names.contains(route.service())))
                .toList();
        var isolating = networkPolicies.stream()
                .filter(policy -> policy.podSelector().matches(podLabels))
                .toList();
        return new WorkloadContext(
                workload,
                clusterId,
                clusterName,
                Map.of(),
                labels,
                selecting,
                routing,
                isolating,
                serviceAccounts.get(accountOf(workload)),
                injected(workload, pods));
    }

    /// The name of the ServiceAccount that the workload's pods run as.
    static String accountOf(Workload workload) {
        String name = workload.podSpec().serviceAccount();
        return name.isEmpty() ? "default" : name;
    }

    private static boolean selects(Map<String, String> selector, Map<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    private static List<Container> injected(Workload workload, List<Pod> pods) {
        var known = new HashSet<String>();
        for (Container container : workload.podSpec().containers()) known.add(container.name());
        var found = new TreeMap<String, Container>();
        for (Pod pod : pods) {
            for (Container container : pod.spec().containers()) {
                if (!known.contains(container.name())) found.putIfAbsent(container.name(), container);
            }
        }
        return new ArrayList<>(found.values());
    }
}
