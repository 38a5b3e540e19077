package bulwark.kubernetes;

import bulwark.model.inventory.SecurityContext;
import bulwark.model.inventory.SecurityContext.SeLinux;
import bulwark.model.inventory.SecurityContext.SecurityProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the security contexts of pods and containers. AppArmor profiles come from the field or, where that is
/// silent, from the annotation that Kubernetes used before 1.30 and still honours.
final class SecurityContexts {
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private SecurityContexts() {}

    static SecurityContext ofPod(Field context, KubernetesLimits limits) {
        if (!context.isPresent()) return SecurityContext.UNSET;
        var sysctls = new ArrayList<String>();
        for (Field sysctl : context.at("sysctls").items(limits.listEntries())) {
            sysctls.add(sysctl.at("name").text("") + "=" + sysctl.at("value").text(""));
        }
        return new SecurityContext(
                null,
                null,
                null,
                context.at("runAsNonRoot").truthOrNull(),
                context.at("runAsUser").wholeOrNull(),
                context.at("runAsGroup").wholeOrNull(),
                null,
                List.of(),
                List.of(),
                profile(context.at("seccompProfile")),
                profile(context.at("appArmorProfile")),
                seLinux(context.at("seLinuxOptions")),
                sysctls);
    }

    static SecurityContext ofContainer(
            Field context, String container, Map<String, String> podAnnotations, KubernetesLimits limits) {
        SecurityProfile annotated =
                podAnnotations.isEmpty() ? null : annotated(podAnnotations.get(APP_ARMOR + container));
        if (!context.isPresent() && annotated == null) return SecurityContext.UNSET;
        SecurityProfile appArmor = profile(context.at("appArmorProfile"));
        Field capabilities = context.at("capabilities");
        return new SecurityContext(
                context.at("privileged").truthOrNull(),
                context.at("allowPrivilegeEscalation").truthOrNull(),
                context.at("readOnlyRootFilesystem").truthOrNull(),
                context.at("runAsNonRoot").truthOrNull(),
                context.at("runAsUser").wholeOrNull(),
                context.at("runAsGroup").wholeOrNull(),
                context.at("procMount").textOrNull(),
                capabilities(capabilities.at("add"), limits),
                capabilities(capabilities.at("drop"), limits),
                profile(context.at("seccompProfile")),
                appArmor == null ? annotated : appArmor,
                seLinux(context.at("seLinuxOptions")),
                List.of());
    }

    private static List<String> capabilities(Field list, KubernetesLimits limits) {
        if (!list.isPresent()) return List.of();
        var names = new ArrayList<String>();
        for (String written : list.texts(limits.listEntries())) {
            String upper = written.toUpperCase(Locale.ROOT);
            names.add(upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper);
        }
        return names;
    }

    private static @Nullable SecurityProfile profile(Field profile) {
        if (!profile.isPresent()) return null;
        String type = profile.at("type").text("");
        if (type.isEmpty()) return null;
        return new SecurityProfile(type, profile.at("localhostProfile").text(""));
    }

    private static @Nullable SecurityProfile annotated(@Nullable String value) {
        if (value == null || value.isEmpty()) return null;
        if (value.equals("runtime/default")) return new SecurityProfile("RuntimeDefault", "");
        if (value.equals("unconfined")) return new SecurityProfile("Unconfined", "");
        if (value.startsWith("localhost/")) {
            return new SecurityProfile("Localhost", value.substring("localhost/".length()));
        }
        return new SecurityProfile(value, "");
    }

    private static @Nullable SeLinux seLinux(Field options) {
        if (!options.isPresent()) return null;
        return new SeLinux(
                options.at("user").text(""),
                options.at("role").text(""),
                options.at("type").text(""),
                options.at("level").text(""));
    }
}
