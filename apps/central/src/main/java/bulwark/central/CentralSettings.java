package bulwark.central;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a Central is started: its data directory, its ports (0 takes any that is free), the names and addresses by which
/// it is reached, certificate and key of the page's port where they are not to be its own authority's, and the key
/// that seals secrets.
record CentralSettings(
        Path data,
        Ports ports,
        List<String> hosts,
        @Nullable TlsFiles tls,
        Path keyFile) {
    CentralSettings {
        hosts = List.copyOf(hosts);
    }

    record Ports(int http, int https, int grpc) {}

    record TlsFiles(Path certificate, Path key) {}
}
