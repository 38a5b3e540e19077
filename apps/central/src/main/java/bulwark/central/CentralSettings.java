package bulwark.central;

import bulwark.base.FreePort;
import bulwark.base.UserError;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
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

    record Ports(int http, int https, int grpc) {
        private void check() {
            if ((http == https && http != 0) || (http == grpc && http != 0) || (https == grpc && https != 0)) {
                throw new UserError(
                        "options --http, --https and --grpc",
                        "three different ports",
                        "they are " + http + ", " + https + " and " + grpc,
                        "give another");
            }
            var loopback = InetAddress.getLoopbackAddress();
            FreePort.check(new InetSocketAddress(loopback, http), "stop it or choose another port with --http");
            FreePort.check(new InetSocketAddress(https), "stop it or choose another port with --https");
            FreePort.check(new InetSocketAddress(grpc), "stop it or choose another port with --grpc");
        }
    }

    record TlsFiles(Path certificate, Path key) {
        /// What they hold; a UserError says what keeps them from being used now.
        KeyAndChain read(Instant now) {
            KeyAndChain read;
            try {
                read = Pem.keyAndChain(key, certificate);
            } catch (IOException | RuntimeException e) {
                UserError known = UserError.of("options --tls-cert and --tls-key", e);
                throw known == null ? unusable("they cannot be used: " + e.getMessage(), e) : known;
            }
            Instant end = read.certificate().getNotAfter().toInstant();
            if (now.isAfter(end)) throw unusable("the certificate in " + certificate + " expired at " + end, null);
            Instant start = read.certificate().getNotBefore().toInstant();
            if (now.isBefore(start)) {
                throw unusable("the certificate in " + certificate + " is valid from " + start + " on", null);
            }
            return read;
        }

        private static UserError unusable(String came, @Nullable Exception cause) {
            String where = "options --tls-cert and --tls-key";
            String expected = "a PEM certificate chain that is valid and its key";
            return cause == null
                    ? new UserError(where, expected, came, "give others")
                    : new UserError(where, expected, came, "give others", cause);
        }
    }

    /// Refuses ports that are in use and TLS files that cannot be used.
    void check(Instant now) {
        ports.check();
        if (tls != null) tls.read(now);
    }
}
