package bulwark.model.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pod is made of and how near the host it runs.
///
/// `automountServiceAccountToken` is absent where the pod spec is silent: then the ServiceAccount decides, then the
/// default (true). Containers are in the order of the spec, init containers first, then regular, then ephemeral ones.
public record PodSpec(
        List<Container> containers,
        List<Volume> volumes,
        String serviceAccount,
        @Nullable Boolean automountServiceAccountToken,
        boolean hostNetwork,
        boolean hostPid,
        boolean hostIpc,
        @Nullable Boolean hostUsers,
        @Nullable Boolean shareProcessNamespace,
        @Nullable String runtimeClass,
        @Nullable String nodeName,
        SecurityContext securityContext,
        List<String> imagePullSecrets) {
    public PodSpec {
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }
}
