package bulwark.central.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workload as lists show it.
public record WorkloadRow(
        @JsonUnwrapped WorkloadKey key,
        List<String> images,
        int pods,
        @Nullable Integer replicas,
        boolean platform,
        SeverityCounts alerts,
        @Nullable Instant createdAt) {
    public WorkloadRow {
        images = List.copyOf(images);
    }
}
