package bulwark.kubernetes;

import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.LabelSelector.Expression;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.Pod.ContainerStatus;
import bulwark.model.inventory.PodSpec;
import bulwark.model.inventory.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what runs pods, and pods.
final class Workloads {
    private Workloads() {}

    /// A controller with a pod template at `podSpecPath`.
    static Workload controller(
            Field object, String apiVersion, String kind, Metadata metadata, KubernetesLimits limits) {
        Field spec = object.at("spec");
        if (!spec.isPresent()) spec.missing("the spec of a " + kind);
        Field job = kind.equals("CronJob") ? spec.at("jobTemplate").at("spec") : spec;
        Field template = job.at("template");
        if (!template.isPresent()) template.missing("a pod template");
        Field templateMetadata = template.at("metadata");
        var podMetadata = ObjectMetadata.read(templateMetadata, metadata.namespace(), "", limits);
        Field podSpec = template.at("spec");
        if (template.isPresent() && !podSpec.isPresent()) podSpec.missing("a pod spec");
        return new Workload(
                kind,
                apiVersion,
                metadata,
                podMetadata,
                replicas(spec, kind),
                selector(spec, kind, podMetadata, limits),
                podSpec.path(),
                PodSpecs.ofTemplate(podSpec, podMetadata.annotations(), limits));
    }

    private static @Nullable Integer replicas(Field spec, String kind) {
        return switch (kind) {
            case "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController" ->
                spec.at("replicas").integer(1);
            default -> null;
        };
    }

    private static @Nullable LabelSelector selector(
            Field spec, String kind, Metadata podMetadata, KubernetesLimits limits) {
        Field selector = spec.at("selector");
        if (kind.equals("CronJob")) return null;
        if (!kind.equals("ReplicationController")) return selector.isPresent() ? selector(selector, limits) : null;
        Map<String, String> labels = selector.textMap(limits.metadataLength());
        return new LabelSelector(labels.isEmpty() ? podMetadata.labels() : labels, List.of());
    }

    /// A label selector that is there.
    static LabelSelector selector(Field selector, KubernetesLimits limits) {
        Field expressions = selector.at("matchExpressions");
        var read = new ArrayList<Expression>();
        for (Field expression : expressions.items(limits.listEntries())) {
            read.add(new Expression(
                    expression.at("key").text(""),
                    expression.at("operator").text(""),
                    expression.at("values").texts(limits.listEntries())));
        }
        return new LabelSelector(selector.at("matchLabels").textMap(limits.metadataLength()), read);
    }

    static PodSpec podSpec(Field object, Metadata metadata, KubernetesLimits limits) {
        Field spec = object.at("spec");
        if (!spec.isPresent()) spec.missing("the spec of a Pod");
        return PodSpecs.ofPod(spec, metadata.annotations(), limits);
    }

    static Pod pod(Field object, Metadata metadata, ObjectKey owner, PodSpec spec, KubernetesLimits limits) {
        Field status = object.at("status");
        return new Pod(
                metadata,
                owner,
                spec,
                status.at("phase").text(""),
                ObjectMetadata.emptyAsNull(status.at("podIP").textOrNull()),
                ObjectMetadata.emptyAsNull(status.at("hostIP").textOrNull()),
                statuses(status, limits));
    }

    /// A pod that no controller made is its own workload.
    static Workload bare(String apiVersion, Metadata metadata, PodSpec spec) {
        return new Workload("Pod", apiVersion, metadata, metadata, null, null, "spec", spec);
    }

    private static List<ContainerStatus> statuses(Field status, KubernetesLimits limits) {
        if (!status.isPresent()) return List.of();
        var statuses = new ArrayList<ContainerStatus>();
        for (String list : List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")) {
            for (Field entry : status.at(list).items(limits.containers())) {
                List<String> states = entry.at("state").names();
                String state = states.isEmpty() ? "" : states.getFirst();
                statuses.add(new ContainerStatus(
                        entry.at("name").text(""),
                        entry.at("containerID").text(""),
                        entry.at("imageID").text(""),
                        state,
                        state.isEmpty()
                                ? ""
                                : entry.at("state").at(state).at("reason").text(""),
                        entry.at("restartCount").integer(0)));
            }
        }
        return statuses;
    }
}
