package bulwark.model.inventory;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A workload with the objects around it that policies ask about: what an evaluation is given.
///
/// Every list holds only what concerns the workload: Services that select its pods, Ingresses that route to those,
/// NetworkPolicies that select its pods. `serviceAccount` is absent where it is not known (a manifest alone, a
/// missing permission). `injectedContainers` run in its pods but are not in its template. `unread` names the kinds of
/// objects that could not be read: what is said of them here is unknown, not absent.
///
/// The objects around it are kept in the order of their names, so that equal surroundings give equal violations in
/// whichever order a database or a watch tells of them.
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
        List<Container> injectedContainers,
        Set<ObjectType> unread) {
    public WorkloadContext {
        clusterLabels = java.util.Collections.unmodifiableMap(new TreeMap<>(clusterLabels));
        namespaceLabels = java.util.Collections.unmodifiableMap(new TreeMap<>(namespaceLabels));
        services = byName(services);
        ingresses = byName(ingresses);
        networkPolicies = byName(networkPolicies);
        injectedContainers = List.copyOf(injectedContainers);
        unread = Set.copyOf(unread);
    }

    /// Where everything could be read.
    public WorkloadContext(
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
        this(
                workload,
                clusterId,
                clusterName,
                clusterLabels,
                namespaceLabels,
                services,
                ingresses,
                networkPolicies,
                serviceAccount,
                injectedContainers,
                Set.of());
    }

    /// The same where these kinds of objects could not be read.
    public WorkloadContext withUnread(Set<ObjectType> kinds) {
        return kinds.equals(unread)
                ? this
                : new WorkloadContext(
                        workload,
                        clusterId,
                        clusterName,
                        clusterLabels,
                        namespaceLabels,
                        services,
                        ingresses,
                        networkPolicies,
                        serviceAccount,
                        injectedContainers,
                        kinds);
    }

    /// A workload of which nothing around is known, as a manifest in a pipeline.
    public static WorkloadContext alone(Workload workload) {
        return new WorkloadContext(
                workload, "", "", Map.of(), Map.of(), List.of(), List.of(), List.of(), null, List.of());
    }

    private static <T extends InventoryObject> List<T> byName(List<T> objects) {
        if (objects.size() < 2) return List.copyOf(objects);
        return objects.stream()
                .sorted(Comparator.comparing(object -> object.metadata().name()))
                .toList();
    }
}
