package bulwark.kubernetes;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.Container.Port;
import bulwark.model.inventory.Container.Resources;
import bulwark.model.inventory.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads the containers of one pod spec. `isPod` tells a pod from a template: only in pods does the API server fill in
/// requests from limits and, on the host's network, host ports.
record Containers(Map<String, String> podAnnotations, boolean isPod, KubernetesLimits limits) {
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    /// Init containers, then regular, then ephemeral ones.
    List<Container> read(Field podSpec) {
        var containers = new ArrayList<Container>();
        int room = limits.containers();
        boolean hostPorts = isPod && podSpec.at("hostNetwork").isTrue();
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            int index = 0;
            for (Field entry : podSpec.at(list).items(Math.max(room, 0))) {
                containers.add(container(entry, list, list + "[" + index++ + "]", hostPorts));
                room--;
            }
        }
        return containers;
    }

    private Container container(Field entry, String list, String path, boolean hostPorts) {
        String name = entry.at("name").text("");
        var image = ImageReference.parse(entry.at("image").text(""));
        return new Container(
                name,
                type(entry, list),
                path,
                image,
                entry.at("imagePullPolicy").textUnlessEmpty(image.tag().equals("latest") ? "Always" : "IfNotPresent"),
                entry.at("command").texts(limits.listEntries()),
                entry.at("args").texts(limits.listEntries()),
                Environment.variables(entry.at("env"), limits),
                Environment.sources(entry.at("envFrom"), limits),
                ports(entry.at("ports"), hostPorts),
                Volumes.mounts(entry.at("volumeMounts"), limits),
                resources(entry.at("resources")),
                SecurityContexts.ofContainer(entry.at("securityContext"), name, podAnnotations, limits),
                entry.at("livenessProbe").isPresent(),
                entry.at("readinessProbe").isPresent());
    }

    private static Container.Type type(Field entry, String list) {
        return switch (list) {
            case "initContainers" ->
                entry.at("restartPolicy").text("").equals("Always") ? Container.Type.SIDECAR : Container.Type.INIT;
            case "containers" -> Container.Type.REGULAR;
            default -> Container.Type.EPHEMERAL;
        };
    }

    private List<Port> ports(Field list, boolean hostPorts) {
        if (!list.isPresent()) return List.of();
        var ports = new ArrayList<Port>();
        for (Field entry : list.items(limits.listEntries())) {
            int containerPort = entry.at("containerPort").integer(0);
            int hostPort = entry.at("hostPort").integer(0);
            ports.add(new Port(
                    entry.at("name").text(""),
                    containerPort,
                    hostPort == 0 && hostPorts ? containerPort : hostPort,
                    entry.at("protocol").textUnlessEmpty("TCP"),
                    entry.at("hostIP").text("")));
        }
        return ports;
    }

    private Resources resources(Field resources) {
        if (!resources.isPresent()) return Resources.NONE;
        Field requests = resources.at("requests");
        double cpuLimit = amount(resources.at("limits").at("cpu"), 0);
        double memoryLimit = amount(resources.at("limits").at("memory"), 0);
        double cpuRequest = amount(requests.at("cpu"), isPod ? cpuLimit : 0);
        double memoryRequest = amount(requests.at("memory"), isPod ? memoryLimit : 0);
        return new Resources(cpuRequest, cpuLimit, memoryRequest / MEBIBYTE, memoryLimit / MEBIBYTE);
    }

    private static double amount(Field field, double otherwise) {
        String text = field.textOrNumber();
        if (text == null) return otherwise;
        OptionalDouble amount = Quantity.parse(text);
        if (amount.isEmpty()) field.wrong("a quantity such as 100m or 1.5Gi");
        return amount.orElse(0);
    }
}
