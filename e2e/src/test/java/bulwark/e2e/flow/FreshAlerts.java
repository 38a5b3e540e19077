package bulwark.e2e.flow;

import bulwark.e2e.system.Api;
import bulwark.e2e.system.LocalKubernetes;
import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.KubernetesProjector;
import bulwark.kubernetes.Projection;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.Namespace;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.ServiceAccount;
import bulwark.model.inventory.Workload;
import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.Policy;
import bulwark.policy.DefaultPolicies;
import bulwark.policy.PolicyEvaluator;
import bulwark.wire.JsonTree;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The alerts that a cluster deserves, computed from its objects by the core alone, and those that Central shows: both
/// as
/// `cluster namespace kind/name policy` with the number of violations, so that they can be compared.
final class FreshAlerts {
    private static final String KINDS = "deployments.apps,statefulsets.apps,daemonsets.apps,replicasets.apps,"
            + "replicationcontrollers,jobs.batch,cronjobs.batch,pods,namespaces,services,ingresses.networking.k8s.io,"
            + "networkpolicies.networking.k8s.io,serviceaccounts";

    private FreshAlerts() {}

    static Map<String, Integer> of(String clusterName, LocalKubernetes cluster) {
        List<InventoryObject> objects = objects(cluster);
        Map<String, Policy> policies = new HashMap<>();
        for (Policy policy : DefaultPolicies.all()) policies.put(policy.id(), policy);
        var evaluator = PolicyEvaluator.compile(List.copyOf(policies.values()));
        Map<String, Integer> alerts = new TreeMap<>();
        for (Workload workload : of(objects, Workload.class)) {
            var evaluation = evaluator.evaluate(context(clusterName, workload, objects), Instant.now());
            evaluation.byPolicy().forEach((id, violations) -> {
                Policy policy = policies.get(id);
                if (policy == null) throw new IllegalStateException("no policy " + id);
                String key = clusterName + " " + workload.metadata().namespace() + " " + workload.kind() + "/"
                        + workload.metadata().name() + " " + policy.name();
                alerts.put(key, violations.size());
            });
        }
        return alerts;
    }

    static Map<String, Integer> shown(String clusterName, Api api) {
        Map<String, Integer> alerts = new TreeMap<>();
        for (JsonNode alert : api.all("/alerts", "state:OPEN cluster:" + clusterName)) {
            JsonNode workload = alert.path("workload");
            String key = clusterName + " " + workload.path("namespace").asText() + " "
                    + workload.path("kind").asText() + "/"
                    + workload.path("name").asText() + " "
                    + alert.path("policyName").asText();
            if (alerts.put(key, alert.path("violationCount").asInt()) != null) {
                throw new AssertionError("two open alerts for " + key);
            }
        }
        return alerts;
    }

    private static List<InventoryObject> objects(LocalKubernetes cluster) {
        byte[] json = cluster.kubectl("get", KINDS, "-A", "-o", "json").getBytes(StandardCharsets.UTF_8);
        try {
            var tree = new JsonTree(KubernetesLimits.DEFAULT).read("cluster", json);
            List<InventoryObject> objects = new ArrayList<>();
            for (Projection projection : KubernetesProjector.forFiles().projectAll(tree)) {
                switch (projection) {
                    case Projection.Projected projected -> objects.addAll(projected.objects());
                    case Projection.UnknownKind unknown -> throw new IllegalStateException("unexpected " + unknown);
                    case Projection.Malformed malformed -> throw new IllegalStateException("malformed " + malformed);
                }
            }
            return objects;
        } catch (MalformedFileException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WorkloadContext context(String clusterName, Workload workload, List<InventoryObject> objects) {
        String namespace = workload.metadata().namespace();
        Map<String, String> labels = workload.podMetadata().labels();
        Map<String, String> namespaceLabels = new HashMap<>();
        ServiceAccount account = null;
        List<Service> services = new ArrayList<>();
        List<NetworkPolicy> policies = new ArrayList<>();
        List<Ingress> ingresses = new ArrayList<>();
        for (InventoryObject object : objects) {
            boolean near = object.metadata().namespace().equals(namespace);
            switch (object) {
                case Namespace its
                when its.metadata().name().equals(namespace) ->
                    namespaceLabels.putAll(its.metadata().labels());
                case ServiceAccount its
                when near && its.metadata().name().equals(workload.podSpec().serviceAccount()) -> account = its;
                case Service its
                when near
                        && !its.selector().isEmpty()
                        && labels.entrySet().containsAll(its.selector().entrySet()) -> services.add(its);
                case NetworkPolicy its when near && its.podSelector().matches(labels) -> policies.add(its);
                case Ingress its when near -> ingresses.add(its);
                default -> {}
            }
        }
        ingresses.removeIf(ingress -> ingress.routes().stream()
                .noneMatch(route -> services.stream()
                        .anyMatch(service -> service.metadata().name().equals(route.service()))));
        return new WorkloadContext(
                workload,
                clusterName,
                clusterName,
                Map.of(),
                namespaceLabels,
                services,
                ingresses,
                policies,
                account,
                List.of());
    }

    private static <T extends InventoryObject> List<T> of(List<InventoryObject> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
