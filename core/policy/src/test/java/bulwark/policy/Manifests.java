package bulwark.policy;

import bulwark.kubernetes.KubernetesProjector;
import bulwark.kubernetes.Projection;
import bulwark.kubernetes.Tree;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.Workload;
import bulwark.model.inventory.WorkloadContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Manifests as people write them, projected as every process does it.
public final class Manifests {
    private Manifests() {}

    /// The workload of a manifest, alone.
    public static WorkloadContext alone(String yaml) {
        return WorkloadContext.alone(workload(yaml));
    }

    /// A Deployment of one container, whose fields are given in YAML.
    public static WorkloadContext container(String fields) {
        return pod("containers:\n- name: app\n  image: registry.example/app:1\n" + fields.indent(2));
    }

    /// A Deployment whose pod spec is given in YAML.
    public static WorkloadContext pod(String spec) {
        return alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, namespace: store}
                spec:
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop}}
                    spec:
                """ + spec.indent(6));
    }

    /// A workload that says these things of itself (flow style YAML); its pods have a label and an annotation `team`.
    public static WorkloadContext of(String kind, String metadata, String spec) {
        return alone("""
                apiVersion: apps/v1
                kind: %s
                metadata: %s
                spec:
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """.formatted(kind, metadata) + spec.indent(2));
    }

    /// The workload of a manifest.
    public static Workload workload(String yaml) {
        for (InventoryObject object : objects(yaml)) {
            if (object instanceof Workload workload) return workload;
        }
        throw new IllegalArgumentException("no workload in " + yaml);
    }

    /// The inventory objects of a manifest.
    public static List<InventoryObject> objects(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return objects(tree(document));
    }

    /// The inventory objects of a document of maps and lists.
    public static List<InventoryObject> objects(Tree document) {
        return switch (KubernetesProjector.forFiles().project(document)) {
            case Projection.Projected projected -> projected.objects();
            case Projection.UnknownKind(var version, var kind) ->
                throw new IllegalArgumentException("unknown kind " + version + " " + kind);
            case Projection.Malformed(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    /// A tree of maps, lists and scalars.
    public static Tree tree(@Nullable Object value) {
        return switch (value) {
            case null -> new Tree.Nothing(0, 0);
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Tree>();
                map.forEach((key, child) -> entries.put(String.valueOf(key), tree(child)));
                yield new Tree.Mapping(entries, 0, 0);
            }
            case List<?> list -> {
                var items = new ArrayList<Tree>();
                for (Object child : list) items.add(tree(child));
                yield new Tree.Sequence(items, 0, 0);
            }
            case Number number -> new Tree.Numeral(number.toString(), 0, 0);
            case Boolean truth -> new Tree.Truth(truth, 0, 0);
            default -> new Tree.Text(value.toString(), 0, 0);
        };
    }
}
