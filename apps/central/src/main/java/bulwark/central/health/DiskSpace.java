package bulwark.central.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Room on the disk that holds Central's data, told before and while it is full: nothing can be stored then, and the
/// database ends itself where its log cannot grow.
public final class DiskSpace {
    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);
    private static final long LEAST_MEGABYTES = 64; // PostgreSQL's log grows by 16 at a time

    private final Path folder;
    private boolean told; // by the one loop that watches

    public DiskSpace(Path folder) {
        this.folder = folder;
    }

    /// Why nothing can be stored soon; empty while there is room.
    Optional<String> fault() throws IOException {
        long free = freeBytes() >> 20;
        return free >= LEAST_MEGABYTES
                ? Optional.empty()
                : Optional.of("the disk of the data directory is full: " + free + " MB are free, at least "
                        + LEAST_MEGABYTES + " are needed; free some space");
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /// One look: logs when the disk has become full, and when it no longer is.
    public void watch() throws IOException {
        Optional<String> fault = fault();
        if (fault.isPresent() && !told)
            log.atError().addKeyValue("folder", folder).log(fault.get());
        if (fault.isEmpty() && told) log.atInfo().addKeyValue("folder", folder).log("the disk has room again");
        told = fault.isPresent();
    }
}
