package bulwark.model.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pod or container asks of the kernel. Absent values are kept absent: the container's says less than the
/// pod's, the pod's less than the default, and a criterion decides what absence means. Capabilities are without
/// `CAP_`, upper case. A pod's has neither `privileged`, `readOnlyRootFilesystem`, `allowPrivilegeEscalation`,
/// `procMount` nor capabilities.
public record SecurityContext(
        @Nullable Boolean privileged,
        @Nullable Boolean allowPrivilegeEscalation,
        @Nullable Boolean readOnlyRootFilesystem,
        @Nullable Boolean runAsNonRoot,
        @Nullable Long runAsUser,
        @Nullable Long runAsGroup,
        @Nullable String procMount,
        List<String> addedCapabilities,
        List<String> droppedCapabilities,
        @Nullable SecurityProfile seccomp,
        @Nullable SecurityProfile appArmor,
        @Nullable SeLinux seLinux,
        List<String> sysctls) {
    /// Nothing is said.
    public static final SecurityContext UNSET = new SecurityContext(
            null, null, null, null, null, null, null, List.of(), List.of(), null, null, null, List.of());

    public SecurityContext {
        addedCapabilities = List.copyOf(addedCapabilities);
        droppedCapabilities = List.copyOf(droppedCapabilities);
        sysctls = List.copyOf(sysctls);
    }

    /// A seccomp or AppArmor profile: `RuntimeDefault`, `Unconfined` or `Localhost` with its name. Other types are
    /// kept as they came.
    public record SecurityProfile(String type, String localhostProfile) {}

    /// SELinux labels; empty where not set.
    public record SeLinux(String user, String role, String type, String level) {}
}
