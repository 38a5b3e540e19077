package bulwark.kubernetes;

import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.Namespace;
import bulwark.model.inventory.Node;
import java.util.ArrayList;
import java.util.List;

/// Reads the objects that a cluster is made of: namespaces and nodes.
final class ClusterObjects {
    private ClusterObjects() {}

    static Namespace namespace(Field object, Metadata metadata) {
        return new Namespace(metadata, object.at("status").at("phase").textUnlessEmpty("Active"));
    }

    static Node node(Field object, Metadata metadata, KubernetesLimits limits) {
        Field status = object.at("status");
        Field info = status.at("nodeInfo");
        return new Node(
                metadata,
                isReady(status.at("conditions"), limits),
                object.at("spec").at("unschedulable").isTrue(),
                info.at("kubeletVersion").text(""),
                info.at("containerRuntimeVersion").text(""),
                info.at("kernelVersion").text(""),
                info.at("osImage").text(""),
                info.at("architecture").text(""),
                object.at("spec").at("providerID").text(""),
                addresses(status.at("addresses"), limits),
                taints(object.at("spec").at("taints"), limits));
    }

    private static boolean isReady(Field conditions, KubernetesLimits limits) {
        for (Field condition : conditions.items(limits.listEntries())) {
            if (condition.at("type").text("").equals("Ready")) {
                return condition.at("status").text("").equals("True");
            }
        }
        return false;
    }

    private static List<String> addresses(Field list, KubernetesLimits limits) {
        var addresses = new ArrayList<String>();
        for (Field entry : list.items(limits.listEntries())) {
            addresses.add(entry.at("type").text("") + "=" + entry.at("address").text(""));
        }
        return addresses;
    }

    /// Each as kubectl writes it: `key=value:Effect`, or `key:Effect`.
    private static List<String> taints(Field list, KubernetesLimits limits) {
        var taints = new ArrayList<String>();
        for (Field entry : list.items(limits.listEntries())) {
            String value = entry.at("value").text("");
            taints.add(entry.at("key").text("")
                    + (value.isEmpty() ? "" : "=" + value)
                    + ":"
                    + entry.at("effect").text(""));
        }
        return taints;
    }
}
