package bulwark.policy.part;

import bulwark.model.inventory.Volume;
import bulwark.model.inventory.VolumeMount;
import java.util.List;

/// One volume as one container sees it. A volume that no container mounts is not looked at.
public final class MountPart implements Part {
    private final ContainerPart container;
    private final VolumeMount mount;
    private final int mountIndex;
    private final Volume volume;
    private final int volumeIndex;

    MountPart(ContainerPart container, VolumeMount mount, int mountIndex, Volume volume, int volumeIndex) {
        this.container = container;
        this.mount = mount;
        this.mountIndex = mountIndex;
        this.volume = volume;
        this.volumeIndex = volumeIndex;
    }

    /// How the container sees the volume.
    public VolumeMount mount() {
        return mount;
    }

    /// What is mounted.
    public Volume volume() {
        return volume;
    }

    @Override
    public String container() {
        return container.container();
    }

    /// A finding in a field of the mount.
    public Finding inMount(String field, String value) {
        return new Finding(container.path("volumeMounts[" + mountIndex + "]." + field), value, sentence());
    }

    /// A finding in a field of the volume; an empty field is the volume itself.
    public Finding inVolume(String field, String value) {
        String path = container.workload().podPath("volumes[" + volumeIndex + "]");
        return new Finding(field.isEmpty() ? path : path + "." + field, value, sentence());
    }

    private String sentence() {
        String source = volume.source().isEmpty() ? volume.type() : volume.type() + " " + volume.source();
        String propagation =
                mount.propagation() == VolumeMount.Propagation.NONE ? "" : ", mount propagation " + mount.propagation();
        return "Container '" + container() + "' mounts volume '" + volume.name() + "' (" + source + ") at "
                + mount.mountPath() + (mount.readOnly() ? ", read-only" : ", writable") + propagation;
    }

    @Override
    public List<? extends Part> parts(PartKind kind) {
        return List.of();
    }
}
