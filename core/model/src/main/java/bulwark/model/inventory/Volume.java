package bulwark.model.inventory;

/// A volume of a pod. `type` is the name of the volume's source in the Kubernetes API (`hostPath`, `emptyDir`,
/// `secret` ...); `source` says what is mounted: the path, the name of the ConfigMap, Secret or claim,
/// `server/path` for NFS, the medium for emptyDir, empty for the others.
public record Volume(String name, String type, String source, boolean readOnly) {}
