package bulwark.model.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An Ingress: which Services it opens to the outside, under which host and path.
public record Ingress(Metadata metadata, @Nullable String ingressClass, List<Route> routes, List<String> tlsHosts)
        implements InventoryObject {
    public Ingress {
        routes = List.copyOf(routes);
        tlsHosts = List.copyOf(tlsHosts);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.INGRESS, "Ingress", metadata.namespace(), metadata.name());
    }

    /// One way in; `host` is empty for any host, `servicePort` a number or a name.
    public record Route(String host, String path, String service, String servicePort) {}
}
