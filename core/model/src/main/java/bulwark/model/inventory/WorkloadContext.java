package bulwark.model.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A workload with the objects around it that policies ask about: what an evaluation is given.
///
/// Every list holds only what concerns the workload: Services that select its pods, Ingresses that route to those,
/// NetworkPolicies that select its pods. `serviceAccount` is absent where it is not known (a manifest alone, a
/// missing permission). `injectedContainers` run in its pods but are not in its template.
public record WorkloadContext(
        Workload workload,
        String clusterId,
        String clusterName,
        Map<String, String> clusterLabels,
        Map<String, String> namespaceLabels,
        List<Service> services,
        List<Ingress> ingresses,
        List<NetworkPolicy> networkPolicies,
        @Nullable ServiceAccount serviceAccount,
        List<Container> injectedContainers) {
    public WorkloadContext {
        clusterLabels = java.util.Collections.unmodifiableMap(new TreeMap<>(clusterLabels));
        namespaceLabels = java.util.Collections.unmodifiableMap(new TreeMap<>(namespaceLabels));
        services = List.copyOf(services);
        ingresses = List.copyOf(ingresses);
        networkPolicies = List.copyOf(networkPolicies);
        injectedContainers = List.copyOf(injectedContainers);
    }

    /// A workload of which nothing around is known, as a manifest in a pipeline.
    public static WorkloadContext alone(Workload workload) {
        return new WorkloadContext(
                workload, "", "", Map.of(), Map.of(), List.of(), List.of(), List.of(), null, List.of());
    }
}
