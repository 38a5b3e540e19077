package bulwark.central.flow;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.ImageReference;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.PodSpec;
import bulwark.model.inventory.SecurityContext;
import bulwark.model.inventory.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Objects as a Sensor would send them.
final class Objects {
    private Objects() {}

    static ObjectKey deployment(String namespace, String name) {
        return new ObjectKey(ObjectType.WORKLOAD, "Deployment", namespace, name);
    }

    static Workload workload(String namespace, String name, Container... containers) {
        return new Workload(
                "Deployment",
                "apps/v1",
                new Metadata(namespace, name, "uid-" + name, Map.of("app", name), Map.of(), null),
                new Metadata(namespace, "", null, Map.of("app", name), Map.of(), null),
                1,
                null,
                "spec.template.spec",
                spec(List.of(containers)));
    }

    static Pod pod(Workload owner, String name, Container... injected) {
        var containers = new ArrayList<>(owner.podSpec().containers());
        containers.addAll(List.of(injected));
        return new Pod(
                new Metadata(owner.metadata().namespace(), name, "uid-" + name, Map.of(), Map.of(), null),
                owner.key(),
                spec(containers),
                "Running",
                "10.0.0.1",
                "192.0.2.1",
                List.of());
    }

    private static PodSpec spec(List<Container> containers) {
        return new PodSpec(
                containers,
                List.of(),
                "app",
                false,
                false,
                false,
                false,
                null,
                null,
                null,
                null,
                SecurityContext.UNSET,
                List.of());
    }

    static Container container(String name, boolean privileged) {
        var security = new SecurityContext(
                privileged, null, null, null, null, null, null, List.of(), List.of(), null, null, null, List.of());
        return new Container(
                name,
                Container.Type.REGULAR,
                "containers[0]",
                ImageReference.parse("registry.example/" + name + ":1.0"),
                "IfNotPresent",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Container.Resources(0.1, 0.1, 64, 64),
                security,
                true,
                true);
    }
}
