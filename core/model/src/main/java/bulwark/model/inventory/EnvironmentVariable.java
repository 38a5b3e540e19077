package bulwark.model.inventory;

/// An environment variable of a container. For a reference, `value` is a text that names what is referred to
/// (`name/key`, a field path), never the secret itself.
public record EnvironmentVariable(String name, Source source, String value) {
    /// Where the value comes from.
    public enum Source {
        RAW,
        SECRET_KEY,
        CONFIG_MAP_KEY,
        FIELD,
        RESOURCE_FIELD,
        FILE_KEY,
        UNKNOWN
    }
}
