package bulwark.kubernetes;

import bulwark.kubernetes.Projection.Malformed;
import bulwark.kubernetes.Projection.Projected;
import bulwark.kubernetes.Projection.UnknownKind;
import bulwark.model.inventory.ConfigMap;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Secret;
import bulwark.model.inventory.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Projects Kubernetes API objects into the inventory: the one reading of them that every process uses.
///
/// What the API server fills in where a manifest is silent is filled in here too, so that a file and the object made
/// of it read the same. The data of Secrets and ConfigMaps and `managedFields` are never looked at.
public final class KubernetesProjector {
    /// The namespace of manifests that name none.
    public static final String DEFAULT_NAMESPACE = "default";

    private static final Set<ObjectType> CLUSTER_SCOPED = Set.of(ObjectType.NAMESPACE, ObjectType.NODE);

    private final KubernetesLimits limits;
    private final Owners owners;

    public KubernetesProjector(KubernetesLimits limits, Owners.Lookup lookup) {
        this.limits = limits;
        this.owners = new Owners(lookup);
    }

    /// For manifests, which stand for themselves.
    public static KubernetesProjector forFiles() {
        return new KubernetesProjector(KubernetesLimits.DEFAULT, Owners.Lookup.NONE);
    }

    /// Projects one object that names its own version and kind.
    public Projection project(Tree object) {
        return project(object, "", "");
    }

    /// Projects one object; version and kind stand in where it names none, as items of the API's typed lists do.
    public Projection project(Tree object, String apiVersion, String kind) {
        return project(Field.root(object, new Field.Report(limits.problems())), apiVersion, kind);
    }

    /// Projects a document that may be a list (`List`, `PodList` ...) of objects.
    public List<Projection> projectAll(Tree document) {
        Field root = Field.root(document, new Field.Report(limits.problems()));
        String kind = kindOf(root, "kind");
        if (!kind.endsWith("List") || !root.at("items").isPresent()) return List.of(project(document));
        String apiVersion = kindOf(root, "apiVersion");
        String itemKind = kind.substring(0, kind.length() - "List".length());
        var projections = new ArrayList<Projection>();
        if (!(document instanceof Tree.Mapping mapping)
                || !(mapping.entries().get("items") instanceof Tree.Sequence items)) {
            root.at("items").wrong("a list");
            return List.of(new Malformed(root.report().problems()));
        }
        int size = Math.min(items.items().size(), limits.documents());
        for (Tree item : items.items().subList(0, size)) {
            projections.add(project(item, itemKind.isEmpty() ? "" : apiVersion, itemKind));
        }
        if (size < items.items().size()) {
            root.at("items").items(limits.documents());
            projections.add(new Malformed(root.report().problems()));
        }
        return projections;
    }

    private static String kindOf(Field root, String name) {
        return root.at(name).text("");
    }

    private Projection project(Field root, String givenVersion, String givenKind) {
        String apiVersion = root.at("apiVersion").textUnlessEmpty(givenVersion);
        String kind = root.at("kind").textUnlessEmpty(givenKind);
        if (kind.isEmpty()) {
            root.at("kind").missing("the kind of an object");
            return new Malformed(root.report().problems());
        }
        ObjectType type = type(group(apiVersion), kind);
        if (type == null) return new UnknownKind(apiVersion, kind);
        Field meta = root.at("metadata");
        String namespace =
                isClusterScoped(type, kind) ? "" : meta.at("namespace").textUnlessEmpty(DEFAULT_NAMESPACE);
        String name = meta.at("name").text("");
        if (name.isEmpty()) name = generatedName(meta);
        if (name.isEmpty()) {
            meta.at("name").missing("the name of an object");
            return new Malformed(root.report().problems());
        }
        Ownership ownership = ObjectMetadata.ownership(meta, kind, namespace, name, limits);
        return switch (type) {
            case POD -> pod(root, apiVersion, ownership);
            case WORKLOAD -> workload(root, apiVersion, ownership);
            default -> {
                Metadata metadata = ObjectMetadata.read(meta, namespace, name, limits);
                yield projected(List.of(other(root, type, kind, metadata)), ownership, true, root);
            }
        };
    }

    /// A manifest of a Job or Pod may leave its name to the API server.
    private static String generatedName(Field metadata) {
        return metadata.at("generateName").text("");
    }

    private Projection pod(Field root, String apiVersion, Ownership ownership) {
        var metadata = ObjectMetadata.read(root.at("metadata"), ownership.namespace(), ownership.name(), limits);
        Owners.Top top = owners.top(ownership);
        var spec = Workloads.podSpec(root, metadata, limits);
        var objects = new ArrayList<InventoryObject>();
        objects.add(Workloads.pod(root, metadata, top.key(), spec, limits));
        if (!Owners.isControlled(ownership)) objects.add(Workloads.bare(apiVersion, metadata, spec));
        return projected(objects, ownership, top.complete(), root);
    }

    private Projection workload(Field root, String apiVersion, Ownership ownership) {
        if (Owners.isControlled(ownership)) return projected(List.of(), ownership, true, root);
        var metadata =
                ObjectMetadata.read(root.at("metadata"), ownership.namespace(), Owners.workloadName(ownership), limits);
        Workload workload = Workloads.controller(root, apiVersion, ownership.kind(), metadata, limits);
        return projected(List.of(workload), ownership, true, root);
    }

    private InventoryObject other(Field root, ObjectType type, String kind, Metadata metadata) {
        return switch (type) {
            case NAMESPACE -> ClusterObjects.namespace(root, metadata);
            case NODE -> ClusterObjects.node(root, metadata, limits);
            case SERVICE -> NetworkObjects.service(root, metadata, limits);
            case INGRESS -> NetworkObjects.ingress(root, metadata, limits);
            case NETWORK_POLICY -> NetworkObjects.networkPolicy(root, metadata, limits);
            case SERVICE_ACCOUNT -> AccessObjects.serviceAccount(root, metadata, limits);
            case ROLE -> AccessObjects.role(root, kind, metadata, limits);
            case ROLE_BINDING -> AccessObjects.binding(root, kind, metadata, limits);
            case SECRET -> new Secret(metadata);
            case CONFIG_MAP -> new ConfigMap(metadata);
            case WORKLOAD, POD -> throw new IllegalStateException("pods and workloads are read apart");
        };
    }

    /// An object without what it must have is not shown half: a workload without containers would look harmless.
    private static Projection projected(
            List<InventoryObject> objects, Ownership ownership, boolean ownerKnown, Field root) {
        List<Problem> problems = root.report().problems();
        for (Problem problem : problems) {
            if (problem.kind() == Problem.Kind.MISSING) return new Malformed(problems);
        }
        return new Projected(objects, ownership, ownerKnown, problems);
    }

    private static boolean isClusterScoped(ObjectType type, String kind) {
        return CLUSTER_SCOPED.contains(type) || kind.equals("ClusterRole") || kind.equals("ClusterRoleBinding");
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /// Which document an object becomes. The group counts: other projects have a `Service` and an `Ingress` too.
    private static @Nullable ObjectType type(String group, String kind) {
        return switch (kind) {
            case "Deployment", "DaemonSet", "ReplicaSet" -> in(ObjectType.WORKLOAD, group, "apps", "extensions");
            case "StatefulSet" -> in(ObjectType.WORKLOAD, group, "apps", "apps");
            case "Job", "CronJob" -> in(ObjectType.WORKLOAD, group, "batch", "batch");
            case "ReplicationController" -> in(ObjectType.WORKLOAD, group, "", "");
            case "Pod" -> in(ObjectType.POD, group, "", "");
            case "Namespace" -> in(ObjectType.NAMESPACE, group, "", "");
            case "Node" -> in(ObjectType.NODE, group, "", "");
            case "Service" -> in(ObjectType.SERVICE, group, "", "");
            case "ServiceAccount" -> in(ObjectType.SERVICE_ACCOUNT, group, "", "");
            case "Secret" -> in(ObjectType.SECRET, group, "", "");
            case "ConfigMap" -> in(ObjectType.CONFIG_MAP, group, "", "");
            case "Ingress" -> in(ObjectType.INGRESS, group, "networking.k8s.io", "extensions");
            case "NetworkPolicy" -> in(ObjectType.NETWORK_POLICY, group, "networking.k8s.io", "extensions");
            case "Role", "ClusterRole" ->
                in(ObjectType.ROLE, group, "rbac.authorization.k8s.io", "rbac.authorization.k8s.io");
            case "RoleBinding", "ClusterRoleBinding" ->
                in(ObjectType.ROLE_BINDING, group, "rbac.authorization.k8s.io", "rbac.authorization.k8s.io");
            default -> null;
        };
    }

    private static @Nullable ObjectType in(ObjectType type, String group, String now, String before) {
        return group.equals(now) || group.equals(before) ? type : null;
    }
}
