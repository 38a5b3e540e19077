package bulwark.policy.part;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One port that the workload listens on, whichever container names it, with all ways in which it is exposed. A port
/// that only a Service names counts too.
public final class PortPart implements Part {
    private final WorkloadPart workload;
    private final String container;
    private final String path;
    private final int number;
    private final String protocol;
    private final List<ExposurePart> exposures = new ArrayList<>();

    private PortPart(WorkloadPart workload, String container, String path, int number, String protocol) {
        this.workload = workload;
        this.container = container;
        this.path = path;
        this.number = number;
        this.protocol = protocol;
    }

    static List<PortPart> of(WorkloadPart workload) {
        var ports = new ArrayList<PortPart>();
        for (ContainerPart part : workload.containers()) {
            List<Container.Port> named = part.value().ports();
            for (int i = 0; i < named.size(); i++) {
                Container.Port port = named.get(i);
                String path = part.path("ports[" + i + "]");
                var found = new PortPart(
                        workload, part.container(), path, port.containerPort(), protocolOf(port.protocol()));
                if (port.hostPort() > 0) {
                    found.exposures.add(ExposurePart.onNode(found, port.hostPort(), path + ".hostPort"));
                }
                ports.add(found);
            }
        }
        for (Service service : workload.context().services()) {
            for (int i = 0; i < service.ports().size(); i++) expose(workload, ports, service, i);
        }
        return ports;
    }

    private static void expose(WorkloadPart workload, List<PortPart> ports, Service service, int index) {
        Service.Port port = service.ports().get(index);
        String protocol = protocolOf(port.protocol());
        var target = port.targetPort().isEmpty() ? Integer.toString(port.port()) : port.targetPort();
        String path = "Service/" + service.metadata().name() + ":spec.ports[" + index + "]";
        var matching = new ArrayList<PortPart>();
        for (PortPart candidate : ports) {
            if (candidate.protocol.equals(protocol) && candidate.isCalled(target)) matching.add(candidate);
        }
        if (matching.isEmpty() && isNumber(target)) {
            var added = new PortPart(workload, "", path, Integer.parseInt(target), protocol);
            ports.add(added);
            matching.add(added);
        }
        for (PortPart exposed : matching) exposed.exposures.addAll(ExposurePart.by(exposed, service, index));
    }

    private boolean isCalled(String target) {
        if (isNumber(target)) return Integer.parseInt(target) == number;
        for (ContainerPart part : workload.containers()) {
            if (!part.container().equals(container)) continue;
            for (Container.Port port : part.value().ports()) {
                if (port.name().equals(target) && port.containerPort() == number) return true;
            }
        }
        return false;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String protocolOf(String written) {
        return written.isEmpty() ? "TCP" : written.toUpperCase(Locale.ROOT);
    }

    /// The workload that listens.
    public WorkloadPart workload() {
        return workload;
    }

    /// The port's number in the pod.
    public int number() {
        return number;
    }

    /// TCP, UDP or SCTP.
    public String protocol() {
        return protocol;
    }

    @Override
    public String container() {
        return container;
    }

    /// A finding about the port itself.
    public Finding finding(String field, String value) {
        String by = container.isEmpty() ? "A Service" : "Container '" + container + "'";
        return new Finding(path + "." + field, value, by + " exposes port " + number + "/" + protocol);
    }

    @Override
    public List<? extends Part> parts(PartKind kind) {
        return kind == PartKind.EXPOSURE ? exposures : List.of();
    }

    @Override
    public boolean mayHaveMore(PartKind kind) {
        return kind == PartKind.EXPOSURE && !workload.knowsExposures();
    }
}
