package bulwark.kubernetes;

/// An object's word on who made it; at most one of its owners is the controller.
public record OwnerReference(String apiVersion, String kind, String name, String uid, boolean controller) {
    /// The API group, empty for the core one.
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
