package bulwark.policy.part;

import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.Service;
import java.util.ArrayList;
import java.util.List;

/// One way in which a port can be reached: on the node, or through a Service.
public final class ExposurePart implements Part {
    /// How far away it can be reached from.
    public enum Level {
        INTERNAL,
        NODE,
        HOST,
        EXTERNAL,
        ROUTE
    }

    private final PortPart port;
    private final Level level;
    private final int nodePort;
    private final String levelPath;
    private final String nodePortPath;
    private final String how;

    private ExposurePart(PortPart port, Level level, int nodePort, String levelPath, String nodePortPath, String how) {
        this.port = port;
        this.level = level;
        this.nodePort = nodePort;
        this.levelPath = levelPath;
        this.nodePortPath = nodePortPath;
        this.how = how;
    }

    static ExposurePart onNode(PortPart port, int hostPort, String path) {
        return new ExposurePart(port, Level.HOST, hostPort, path, path, "on its node");
    }

    static List<ExposurePart> by(PortPart port, Service service, int index) {
        String name = service.metadata().name();
        Service.Port servicePort = service.ports().get(index);
        String spec = "Service/" + name + ":spec.";
        String how = "by Service '" + name + "' of type " + service.type();
        Level level = switch (service.type()) {
            case "LoadBalancer" -> Level.EXTERNAL;
            case "NodePort" -> Level.NODE;
            default -> Level.INTERNAL;
        };
        var found = new ArrayList<ExposurePart>();
        for (Ingress ingress : port.workload().context().ingresses()) {
            if (routesTo(ingress, name, servicePort)) {
                String ingressName = ingress.metadata().name();
                String rules = "Ingress/" + ingressName + ":spec.rules";
                found.add(new ExposurePart(port, Level.ROUTE, 0, rules, rules, "by Ingress '" + ingressName + "'"));
            }
        }
        // A Service that an Ingress opens is not internal.
        if (level != Level.INTERNAL || found.isEmpty()) {
            String nodePortPath = spec + "ports[" + index + "].nodePort";
            found.addFirst(new ExposurePart(port, level, servicePort.nodePort(), spec + "type", nodePortPath, how));
        }
        return found;
    }

    private static boolean routesTo(Ingress ingress, String service, Service.Port port) {
        for (Ingress.Route route : ingress.routes()) {
            if (route.service().equals(service)
                    && (route.servicePort().isEmpty()
                            || route.servicePort().equals(port.name())
                            || route.servicePort().equals(Integer.toString(port.port())))) {
                return true;
            }
        }
        return false;
    }

    /// How far away it can be reached from.
    public Level level() {
        return level;
    }

    /// The port on the node; 0 where there is none.
    public int nodePort() {
        return nodePort;
    }

    @Override
    public String container() {
        return port.container();
    }

    /// A finding about how far away this way in reaches.
    public Finding levelFound() {
        return new Finding(levelPath, level.name(), sentence());
    }

    /// A finding about the port on the node.
    public Finding nodePortFound() {
        return new Finding(nodePortPath, Integer.toString(nodePort), sentence());
    }

    private String sentence() {
        String node = nodePort > 0 ? ", node port " + nodePort : "";
        return "Port " + port.number() + "/" + port.protocol() + " is exposed " + how + node;
    }

    @Override
    public List<? extends Part> parts(PartKind kind) {
        return List.of();
    }
}
