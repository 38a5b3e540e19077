package bulwark.central;

import bulwark.base.UserError;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.SwappableKeyManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Certificate and key of the page's port that an administrator gave as files. Who renews them writes the files anew:
/// they are looked at by a loop, and what is in use stays until both are good.
final class GivenCertificate {
    private static final Logger log = LoggerFactory.getLogger(GivenCertificate.class);

    private final CentralSettings.TlsFiles files;
    private final InstantSource clock;
    private final SwappableKeyManager key;
    private List<State> seen;

    /// By what a file that was written anew is told from what it was; a file that is not there has none.
    private record State(
            FileTime modified, long size, @Nullable Object file) {}

    private GivenCertificate(CentralSettings.TlsFiles files, InstantSource clock, List<State> seen, KeyAndChain read) {
        this.files = files;
        this.clock = clock;
        this.seen = seen;
        this.key = new SwappableKeyManager(read);
    }

    static GivenCertificate open(CentralSettings.TlsFiles files, InstantSource clock) {
        List<State> seen = states(files); // before they are read, so that a change meanwhile is seen
        return new GivenCertificate(files, clock, seen, files.read(clock.instant()));
    }

    private static List<State> states(CentralSettings.TlsFiles files) {
        var states = new ArrayList<State>();
        for (Path file : List.of(files.certificate(), files.key())) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                states.add(new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
            } catch (IOException _) {
                // said when it is read
            }
        }
        return List.copyOf(states);
    }

    /// Uses the files where they are others than when they were last looked at; where they cannot be used, says so
    /// once and goes on with what was read before.
    void refresh() {
        List<State> now = states(files);
        if (now.equals(seen)) return;
        seen = now;
        try {
            KeyAndChain read = files.read(clock.instant());
            key.swap(read);
            log.atInfo()
                    .addKeyValue("file", files.certificate())
                    .addKeyValue("expires", read.certificate().getNotAfter().toInstant())
                    .log("took over a new certificate");
        } catch (UserError e) {
            log.atWarn()
                    .addKeyValue("problem", e.getMessage())
                    .addKeyValue(
                            "expires", key.current().certificate().getNotAfter().toInstant())
                    .log("the new certificate cannot be used, the one before stays; correct the files");
        }
    }

    /// What the port shows; swapped in place.
    SwappableKeyManager key() {
        return key;
    }

    /// The fingerprint of the last certificate of the chain, which vouches for the others.
    String fingerprint() {
        return Certificates.fingerprint(key.current().chain().getLast());
    }
}
