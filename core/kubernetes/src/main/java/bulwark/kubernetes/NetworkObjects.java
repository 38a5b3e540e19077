package bulwark.kubernetes;

import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.Ingress.Route;
import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.Service;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what opens and closes the network: Services, Ingresses, NetworkPolicies.
final class NetworkObjects {
    private NetworkObjects() {}

    static Service service(Field object, Metadata metadata, KubernetesLimits limits) {
        Field spec = object.at("spec");
        var ports = new ArrayList<Service.Port>();
        for (Field entry : spec.at("ports").items(limits.listEntries())) {
            int port = entry.at("port").integer(0);
            String target = entry.at("targetPort").textOrNumber();
            ports.add(new Service.Port(
                    entry.at("name").text(""),
                    entry.at("protocol").textUnlessEmpty("TCP"),
                    port,
                    target == null || target.isEmpty() || target.equals("0") ? Integer.toString(port) : target,
                    entry.at("nodePort").integer(0)));
        }
        var balancers = new ArrayList<String>();
        for (Field entry : object.at("status").at("loadBalancer").at("ingress").items(limits.listEntries())) {
            balancers.add(entry.at("ip").textUnlessEmpty(entry.at("hostname").text("")));
        }
        return new Service(
                metadata,
                spec.at("type").textUnlessEmpty("ClusterIP"),
                spec.at("selector").textMap(limits.metadataLength()),
                ports,
                clusterIps(spec, limits),
                spec.at("externalIPs").texts(limits.listEntries()),
                balancers);
    }

    private static List<String> clusterIps(Field spec, KubernetesLimits limits) {
        if (spec.at("clusterIPs").isPresent()) return spec.at("clusterIPs").texts(limits.listEntries());
        String single = spec.at("clusterIP").text("");
        return single.isEmpty() ? List.of() : List.of(single);
    }

    static Ingress ingress(Field object, Metadata metadata, KubernetesLimits limits) {
        Field spec = object.at("spec");
        var routes = new ArrayList<Route>();
        Field fallback = spec.at("defaultBackend").isPresent() ? spec.at("defaultBackend") : spec.at("backend");
        if (fallback.isPresent()) routes.add(route("", "", fallback));
        for (Field rule : spec.at("rules").items(limits.listEntries())) {
            String host = rule.at("host").text("");
            for (Field path : rule.at("http").at("paths").items(limits.listEntries())) {
                routes.add(route(host, path.at("path").text(""), path.at("backend")));
            }
        }
        var hosts = new ArrayList<String>();
        for (Field tls : spec.at("tls").items(limits.listEntries())) {
            hosts.addAll(tls.at("hosts").texts(limits.listEntries()));
        }
        String className =
                ObjectMetadata.emptyAsNull(spec.at("ingressClassName").textOrNull());
        return new Ingress(
                metadata,
                className == null ? metadata.annotations().get("kubernetes.io/ingress.class") : className,
                routes,
                hosts);
    }

    /// A backend of networking.k8s.io/v1, or of the versions before it, which wrote the Service flat.
    private static Route route(String host, String path, Field backend) {
        Field service = backend.at("service");
        if (service.isPresent()) {
            Field port = service.at("port");
            String number = port.at("number").textOrNumber();
            return new Route(
                    host,
                    path,
                    service.at("name").text(""),
                    number == null ? port.at("name").text("") : number);
        }
        String port = backend.at("servicePort").textOrNumber();
        return new Route(host, path, backend.at("serviceName").text(""), port == null ? "" : port);
    }

    static NetworkPolicy networkPolicy(Field object, Metadata metadata, KubernetesLimits limits) {
        Field spec = object.at("spec");
        List<NetworkPolicy.Rule> egress = rules(spec.at("egress"), "to", limits);
        List<String> types = spec.at("policyTypes").texts(limits.listEntries());
        LabelSelector selector = selectorOrNull(spec.at("podSelector"), limits);
        return new NetworkPolicy(
                metadata,
                selector == null ? LabelSelector.EVERYTHING : selector,
                types.isEmpty() || types.contains("Ingress"),
                types.isEmpty() ? !egress.isEmpty() : types.contains("Egress"),
                rules(spec.at("ingress"), "from", limits),
                egress);
    }

    private static List<NetworkPolicy.Rule> rules(Field list, String side, KubernetesLimits limits) {
        var rules = new ArrayList<NetworkPolicy.Rule>();
        for (Field rule : list.items(limits.listEntries())) {
            var peers = new ArrayList<NetworkPolicy.Peer>();
            for (Field peer : rule.at(side).items(limits.listEntries())) {
                peers.add(new NetworkPolicy.Peer(
                        selectorOrNull(peer.at("podSelector"), limits),
                        selectorOrNull(peer.at("namespaceSelector"), limits),
                        peer.at("ipBlock").at("cidr").textOrNull(),
                        peer.at("ipBlock").at("except").texts(limits.listEntries())));
            }
            var ports = new ArrayList<NetworkPolicy.Port>();
            for (Field port : rule.at("ports").items(limits.listEntries())) {
                ports.add(new NetworkPolicy.Port(
                        port.at("protocol").textUnlessEmpty("TCP"),
                        port.at("port").textOrNumber(),
                        port.at("endPort").integerOrNull()));
            }
            rules.add(new NetworkPolicy.Rule(peers, ports));
        }
        return rules;
    }

    private static @Nullable LabelSelector selectorOrNull(Field selector, KubernetesLimits limits) {
        return selector.isPresent() ? Workloads.selector(selector, limits) : null;
    }
}
