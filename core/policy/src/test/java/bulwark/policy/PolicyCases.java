package bulwark.policy;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.ImageReference;
import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.PodSpec;
import bulwark.model.inventory.SecurityContext;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.Workload;
import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicySection;
import bulwark.model.policy.Severity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the conformance cases say, as records: policies in their short form, and the inputs that object data can be.
final class PolicyCases {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PolicyCases() {}

    static Policy policy(JsonNode node, String id) {
        var sections = new ArrayList<PolicySection>();
        for (JsonNode section : node.path("sections")) {
            var groups = new ArrayList<PolicyGroup>();
            for (JsonNode group : section) groups.add(group(group));
            sections.add(new PolicySection("", groups));
        }
        var stages = new ArrayList<LifecycleStage>();
        node.path("stages").forEach(stage -> stages.add(LifecycleStage.valueOf(stage.asText())));
        return policy(
                id,
                node.path("name").asText("a case of conformance"),
                stages,
                EventSource.valueOf(node.path("eventSource").asText("NOT_APPLICABLE")),
                sections);
    }

    static Policy policy(
            String id, String name, List<LifecycleStage> stages, EventSource source, List<PolicySection> sections) {
        return new Policy(
                id,
                name,
                "",
                "",
                "",
                false,
                Severity.LOW,
                List.of("Conformance"),
                stages,
                source,
                sections,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private static PolicyGroup group(JsonNode node) {
        var values = new ArrayList<String>();
        node.path("values").forEach(value -> values.add(value.asText()));
        return new PolicyGroup(
                node.path("field").asText(),
                PolicyGroup.Operator.valueOf(node.path("operator").asText("OR")),
                node.path("negate").asBoolean(),
                values);
    }

    /// The workload of a case; empty where its input is none.
    static Optional<WorkloadContext> input(JsonNode input) {
        if (input.has("manifest")) return Optional.of(manifest(input));
        if (input.has("image")) return Optional.of(image(input.get("image")));
        if (input.has("ports")) return Optional.of(ports(input.get("ports")));
        if (input.has("networkPolicies")) return Optional.of(policies(input.get("networkPolicies")));
        return Optional.empty();
    }

    private static WorkloadContext manifest(JsonNode input) {
        Workload workload = (Workload) objects(input.get("manifest")).stream()
                .filter(Workload.class::isInstance)
                .findFirst()
                .orElseThrow();
        if (!input.has("services")) return WorkloadContext.alone(workload);
        var services = new ArrayList<Service>();
        for (JsonNode service : input.get("services"))
            services.add((Service) objects(service).getFirst());
        return inCluster(workload, services, List.of(), List.of());
    }

    private static List<bulwark.model.inventory.InventoryObject> objects(JsonNode node) {
        return Manifests.objects(Manifests.tree(MAPPER.convertValue(node, Map.class)));
    }

    private static WorkloadContext image(JsonNode image) {
        return WorkloadContext.alone(workload(image.path("name").asText(), List.of()));
    }

    private static WorkloadContext ports(JsonNode ports) {
        var named = new ArrayList<Container.Port>();
        var services = new ArrayList<Service>();
        var ingresses = new ArrayList<Ingress>();
        int number = 8000;
        for (JsonNode port : ports) {
            number++;
            int hostPort = 0;
            for (JsonNode exposure : port.path("exposures")) {
                String name = "service-" + services.size();
                switch (exposure.path("level").asText()) {
                    case "EXTERNAL" -> services.add(service(name, "LoadBalancer", number));
                    case "NODE" -> services.add(service(name, "NodePort", number));
                    case "INTERNAL" -> services.add(service(name, "ClusterIP", number));
                    case "HOST" -> hostPort = number;
                    case "ROUTE" -> {
                        services.add(service(name, "ClusterIP", number));
                        var route = new Ingress.Route("", "/", name, Integer.toString(number));
                        ingresses.add(new Ingress(Metadata.named("n", name), null, List.of(route), List.of()));
                    }
                    default -> {}
                }
            }
            named.add(new Container.Port("", number, hostPort, "TCP", ""));
        }
        return inCluster(workload("registry.example/app:1", named), services, ingresses, List.of());
    }

    private static Service service(String name, String type, int port) {
        var one = new Service.Port("", "TCP", port, Integer.toString(port), 0);
        return new Service(
                Metadata.named("n", name), type, Map.of("a", "b"), List.of(one), List.of(), List.of(), List.of());
    }

    private static WorkloadContext policies(JsonNode node) {
        var policies = new ArrayList<NetworkPolicy>();
        if (node.path("ingress").asBoolean()) policies.add(networkPolicy("in", true));
        if (node.path("egress").asBoolean()) policies.add(networkPolicy("out", false));
        return inCluster(workload("registry.example/app:1", List.of()), List.of(), List.of(), policies);
    }

    private static NetworkPolicy networkPolicy(String name, boolean ingress) {
        return new NetworkPolicy(
                Metadata.named("n", name), LabelSelector.EVERYTHING, ingress, !ingress, List.of(), List.of());
    }

    static WorkloadContext inCluster(
            Workload workload, List<Service> services, List<Ingress> ingresses, List<NetworkPolicy> policies) {
        return new WorkloadContext(
                workload, "c1", "main", Map.of(), Map.of(), services, ingresses, policies, null, List.of());
    }

    private static Workload workload(String image, List<Container.Port> ports) {
        var container = new Container(
                "c",
                Container.Type.REGULAR,
                "containers[0]",
                ImageReference.parse(image),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ports,
                List.of(),
                Container.Resources.NONE,
                SecurityContext.UNSET,
                false,
                false);
        var pod = new PodSpec(
                List.of(container),
                List.of(),
                "default",
                null,
                false,
                false,
                false,
                null,
                null,
                null,
                null,
                SecurityContext.UNSET,
                List.of());
        var metadata = Metadata.named("n", "w");
        return new Workload("Deployment", "apps/v1", metadata, metadata, 1, null, "spec.template.spec", pod);
    }
}
