package bulwark.model.inventory;

import java.util.List;

/// One container of a pod spec. `path` is where it lies in the pod spec (`containers[0]`, `initContainers[1]`);
/// each field of it can be named by that.
public record Container(
        String name,
        Type type,
        String path,
        ImageReference image,
        String imagePullPolicy,
        List<String> command,
        List<String> arguments,
        List<EnvironmentVariable> environment,
        List<EnvironmentSource> environmentFrom,
        List<Port> ports,
        List<VolumeMount> volumeMounts,
        Resources resources,
        SecurityContext securityContext,
        boolean hasLivenessProbe,
        boolean hasReadinessProbe) {
    public Container {
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        environmentFrom = List.copyOf(environmentFrom);
        ports = List.copyOf(ports);
        volumeMounts = List.copyOf(volumeMounts);
    }

    /// When a container runs in its pod's life. A restartable init container is a SIDECAR.
    public enum Type {
        INIT,
        SIDECAR,
        REGULAR,
        EPHEMERAL,
        /// Of a version after this one.
        UNKNOWN
    }

    /// A port that the container names; `hostPort` is 0 where none is bound on the node.
    public record Port(String name, int containerPort, int hostPort, String protocol, String hostIp) {}

    /// All keys of a ConfigMap or Secret taken into the environment.
    public record EnvironmentSource(Kind kind, String name, String prefix) {
        /// What the keys are taken from.
        public enum Kind {
            CONFIG_MAP,
            SECRET,
            /// Of a version after this one.
            UNKNOWN
        }
    }

    /// Requests and limits: CPU in cores, memory in MiB (1024*1024 bytes); 0 where none is set.
    public record Resources(
            double cpuRequestCores, double cpuLimitCores, double memoryRequestMib, double memoryLimitMib) {
        /// Nothing requested, nothing limited.
        public static final Resources NONE = new Resources(0, 0, 0, 0);
    }
}
