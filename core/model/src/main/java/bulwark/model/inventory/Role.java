package bulwark.model.inventory;

import java.util.List;

/// A Role or ClusterRole. `kind` tells them apart; a ClusterRole has no namespace.
public record Role(String kind, Metadata metadata, List<Rule> rules, List<LabelSelector> aggregates)
        implements InventoryObject {
    public Role {
        rules = List.copyOf(rules);
        aggregates = List.copyOf(aggregates);
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey(ObjectType.ROLE, kind, metadata.namespace(), metadata.name());
    }

    /// Verbs allowed on resources of API groups, or on URLs.
    public record Rule(
            List<String> apiGroups,
            List<String> resources,
            List<String> resourceNames,
            List<String> verbs,
            List<String> nonResourceUrls) {
        public Rule {
            apiGroups = List.copyOf(apiGroups);
            resources = List.copyOf(resources);
            resourceNames = List.copyOf(resourceNames);
            verbs = List.copyOf(verbs);
            nonResourceUrls = List.copyOf(nonResourceUrls);
        }
    }
}
