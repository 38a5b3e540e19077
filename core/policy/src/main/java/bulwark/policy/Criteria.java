package bulwark.policy;

import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.container.AddCapabilities;
import bulwark.policy.criterion.container.AllowPrivilegeEscalation;
import bulwark.policy.criterion.container.AppArmorProfile;
import bulwark.policy.criterion.container.ContainerCpuLimit;
import bulwark.policy.criterion.container.ContainerCpuRequest;
import bulwark.policy.criterion.container.ContainerMemoryLimit;
import bulwark.policy.criterion.container.ContainerMemoryRequest;
import bulwark.policy.criterion.container.ContainerName;
import bulwark.policy.criterion.container.DropCapabilities;
import bulwark.policy.criterion.container.EnvironmentVariable;
import bulwark.policy.criterion.container.LivenessProbeDefined;
import bulwark.policy.criterion.container.PrivilegedContainer;
import bulwark.policy.criterion.container.ReadOnlyRootFilesystem;
import bulwark.policy.criterion.container.ReadinessProbeDefined;
import bulwark.policy.criterion.container.SeccompProfileType;
import bulwark.policy.criterion.image.ImageRegistry;
import bulwark.policy.criterion.image.ImageRemote;
import bulwark.policy.criterion.image.ImageTag;
import bulwark.policy.criterion.network.ExposedNodePort;
import bulwark.policy.criterion.network.ExposedPort;
import bulwark.policy.criterion.network.ExposedPortProtocol;
import bulwark.policy.criterion.network.HasEgressNetworkPolicy;
import bulwark.policy.criterion.network.HasIngressNetworkPolicy;
import bulwark.policy.criterion.network.PortExposureMethod;
import bulwark.policy.criterion.volume.MountPropagation;
import bulwark.policy.criterion.volume.VolumeDestination;
import bulwark.policy.criterion.volume.VolumeName;
import bulwark.policy.criterion.volume.VolumeSource;
import bulwark.policy.criterion.volume.VolumeType;
import bulwark.policy.criterion.volume.WritableHostMount;
import bulwark.policy.criterion.volume.WritableMountedVolume;
import bulwark.policy.criterion.workload.AutomountServiceAccountToken;
import bulwark.policy.criterion.workload.DisallowedAnnotation;
import bulwark.policy.criterion.workload.HostIpc;
import bulwark.policy.criterion.workload.HostNetwork;
import bulwark.policy.criterion.workload.HostPid;
import bulwark.policy.criterion.workload.NamespaceName;
import bulwark.policy.criterion.workload.Replicas;
import bulwark.policy.criterion.workload.RequiredAnnotation;
import bulwark.policy.criterion.workload.RequiredLabel;
import bulwark.policy.criterion.workload.RuntimeClass;
import bulwark.policy.criterion.workload.ServiceAccountName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The criteria that policies are written in.
public final class Criteria {
    /// Those that can be evaluated.
    public static final List<Criterion<?>> ALL = List.of(
            new AddCapabilities(),
            new AllowPrivilegeEscalation(),
            new AppArmorProfile(),
            new ContainerCpuLimit(),
            new ContainerCpuRequest(),
            new ContainerMemoryLimit(),
            new ContainerMemoryRequest(),
            new ContainerName(),
            new DropCapabilities(),
            new EnvironmentVariable(),
            new LivenessProbeDefined(),
            new PrivilegedContainer(),
            new ReadOnlyRootFilesystem(),
            new ReadinessProbeDefined(),
            new SeccompProfileType(),
            new MountPropagation(),
            new VolumeDestination(),
            new VolumeName(),
            new VolumeSource(),
            new VolumeType(),
            new WritableHostMount(),
            new WritableMountedVolume(),
            new AutomountServiceAccountToken(),
            new DisallowedAnnotation(),
            new HostIpc(),
            new HostNetwork(),
            new HostPid(),
            new NamespaceName(),
            new Replicas(),
            new RequiredAnnotation(),
            new RequiredLabel(),
            new RuntimeClass(),
            new ServiceAccountName(),
            new ExposedNodePort(),
            new ExposedPort(),
            new ExposedPortProtocol(),
            new HasEgressNetworkPolicy(),
            new HasIngressNetworkPolicy(),
            new PortExposureMethod(),
            new ImageRegistry(),
            new ImageRemote(),
            new ImageTag());

    private static final Map<String, Criterion<?>> BY_NAME = byName();
    private static final Map<String, Description> DESCRIPTIONS = descriptions();

    private Criteria() {}

    /// The criterion of a name, where it can be evaluated.
    public static Optional<Criterion<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// What a criterion says of itself, those that are known but cannot be evaluated yet included.
    public static Optional<Description> described(String name) {
        return Optional.ofNullable(DESCRIPTIONS.get(name));
    }

    private static Map<String, Criterion<?>> byName() {
        var found = new HashMap<String, Criterion<?>>();
        for (Criterion<?> criterion : ALL) found.put(criterion.description().name(), criterion);
        return Map.copyOf(found);
    }

    private static Map<String, Description> descriptions() {
        var found = new HashMap<String, Description>();
        for (Description planned : PlannedCriteria.ALL) found.put(planned.name(), planned);
        for (Criterion<?> criterion : ALL) found.put(criterion.description().name(), criterion.description());
        return Map.copyOf(found);
    }
}
