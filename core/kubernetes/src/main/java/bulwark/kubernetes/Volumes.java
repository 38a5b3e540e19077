package bulwark.kubernetes;

import bulwark.model.inventory.Volume;
import bulwark.model.inventory.VolumeMount;
import bulwark.model.inventory.VolumeMount.Propagation;
import java.util.ArrayList;
import java.util.List;

/// Reads the volumes of a pod and where its containers mount them.
final class Volumes {
    private Volumes() {}

    static List<Volume> volumes(Field list, KubernetesLimits limits) {
        if (!list.isPresent()) return List.of();
        var volumes = new ArrayList<Volume>();
        for (Field entry : list.items(limits.listEntries())) {
            volumes.add(volume(entry));
        }
        return volumes;
    }

    private static Volume volume(Field entry) {
        String name = entry.at("name").text("");
        for (String member : entry.names()) {
            Field source = entry.at(member);
            if (!member.equals("name") && source.isPresent()) {
                return new Volume(
                        name,
                        member,
                        source(member, source),
                        source.at("readOnly").isTrue());
            }
        }
        return new Volume(name, "emptyDir", "", false); // what the API server makes of a volume without a source
    }

    private static String source(String type, Field source) {
        return switch (type) {
            case "hostPath" -> source.at("path").text("");
            case "configMap" -> source.at("name").text("");
            case "secret" -> source.at("secretName").text("");
            case "persistentVolumeClaim" -> source.at("claimName").text("");
            case "nfs" -> source.at("server").text("") + "/" + source.at("path").text("");
            case "emptyDir" -> source.at("medium").text("");
            default -> "";
        };
    }

    static List<VolumeMount> mounts(Field list, KubernetesLimits limits) {
        if (!list.isPresent()) return List.of();
        var mounts = new ArrayList<VolumeMount>();
        for (Field entry : list.items(limits.listEntries())) {
            mounts.add(new VolumeMount(
                    entry.at("name").text(""),
                    entry.at("mountPath").text(""),
                    entry.at("subPath").textUnlessEmpty(entry.at("subPathExpr").text("")),
                    entry.at("readOnly").isTrue(),
                    propagation(entry.at("mountPropagation"))));
        }
        return mounts;
    }

    private static Propagation propagation(Field field) {
        return switch (field.text("None")) {
            case "None" -> Propagation.NONE;
            case "HostToContainer" -> Propagation.HOST_TO_CONTAINER;
            case "Bidirectional" -> Propagation.BIDIRECTIONAL;
            default -> {
                field.wrong("None, HostToContainer or Bidirectional");
                yield Propagation.NONE;
            }
        };
    }
}
