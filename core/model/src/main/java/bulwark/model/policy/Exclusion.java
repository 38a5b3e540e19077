package bulwark.model.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a policy leaves alone: a workload by name and scope, or an image by the beginning of its name (build stage
/// only), until it expires. `workload` is a pattern over the whole name; absent means any.
public record Exclusion(
        String name,
        @Nullable String workload,
        @Nullable PolicyScope scope,
        @Nullable String image,
        @Nullable Instant expiresAt) {}
