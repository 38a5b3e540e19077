package bulwark.central;

/// Central's own version, as the build wrote it into the jar.
final class Version {
    /// The version, or `development` where the classes are in no jar.
    static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
