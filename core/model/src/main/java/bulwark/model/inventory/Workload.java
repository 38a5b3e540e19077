package bulwark.model.inventory;

import org.jspecify.annotations.Nullable;

/// Something that runs pods: the top owner of them (Deployment, StatefulSet, DaemonSet, CronJob, Job, ReplicaSet,
/// ReplicationController or a bare Pod). Alerts are kept per workload.
///
/// Labels and annotations of `metadata` are the workload's own; those of its pods are in [#podMetadata()].
/// `replicas` is what the spec asks for; absent where the kind has none (DaemonSet, Job, CronJob, Pod).
/// `podSpecPath` says where the pod spec lies in the object (`spec.template.spec`), so that every finding can name
/// the field.
public record Workload(
        String kind,
        String apiVersion,
        Metadata metadata,
        Metadata podMetadata,
        @Nullable Integer replicas,
        @Nullable LabelSelector selector,
        String podSpecPath,
        PodSpec podSpec)
        implements InventoryObject {
    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.WORKLOAD, kind, metadata.namespace(), metadata.name());
    }
}
