package bulwark.kubernetes;

import java.util.List;

/// Who an object is and who owns it: all that resolving owners needs, so that a cache can keep this in place of the
/// object. `uid` and `generateName` are empty where there is none.
public record Ownership(
        String kind, String namespace, String name, String uid, String generateName, List<OwnerReference> owners) {
    public Ownership {
        owners = List.copyOf(owners);
    }
}
