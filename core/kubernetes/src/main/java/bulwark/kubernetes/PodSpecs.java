package bulwark.kubernetes;

import bulwark.model.inventory.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads pod specs, of pods and of templates.
final class PodSpecs {
    private PodSpecs() {}

    static PodSpec ofPod(Field spec, Map<String, String> annotations, KubernetesLimits limits) {
        return read(spec, annotations, true, limits);
    }

    static PodSpec ofTemplate(Field spec, Map<String, String> annotations, KubernetesLimits limits) {
        return read(spec, annotations, false, limits);
    }

    private static PodSpec read(Field spec, Map<String, String> annotations, boolean isPod, KubernetesLimits limits) {
        return new PodSpec(
                new Containers(annotations, isPod, limits).read(spec),
                Volumes.volumes(spec.at("volumes"), limits),
                spec.at("serviceAccountName")
                        .textUnlessEmpty(spec.at("serviceAccount").textUnlessEmpty("default")),
                spec.at("automountServiceAccountToken").truthOrNull(),
                spec.at("hostNetwork").isTrue(),
                spec.at("hostPID").isTrue(),
                spec.at("hostIPC").isTrue(),
                spec.at("hostUsers").truthOrNull(),
                spec.at("shareProcessNamespace").truthOrNull(),
                ObjectMetadata.emptyAsNull(spec.at("runtimeClassName").textOrNull()),
                ObjectMetadata.emptyAsNull(spec.at("nodeName").textOrNull()),
                SecurityContexts.ofPod(spec.at("securityContext"), limits),
                names(spec.at("imagePullSecrets"), limits));
    }

    /// The names in a list of `{name: ...}`.
    static List<String> names(Field list, KubernetesLimits limits) {
        if (!list.isPresent()) return List.of();
        var names = new ArrayList<String>();
        for (Field entry : list.items(limits.listEntries())) {
            names.add(entry.at("name").text(""));
        }
        return names;
    }
}
