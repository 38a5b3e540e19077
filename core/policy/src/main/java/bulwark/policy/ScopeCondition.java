package bulwark.policy;

import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.PolicyScope;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.Ternary;
import bulwark.policy.pattern.TextPattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A scope of a policy or an exclusion, ready to be asked whether a workload is in it: all parts that are given must
/// hold. What a manifest that belongs to no cluster cannot tell, and labels of namespaces that may not be read, are
/// unknown.
final class ScopeCondition {
    private final @Nullable String cluster;
    private final @Nullable TextPattern namespace;
    private final @Nullable LabelPattern label;
    private final @Nullable LabelPattern clusterLabel;
    private final @Nullable LabelPattern namespaceLabel;

    ScopeCondition(PolicyScope scope, Patterns patterns) {
        this.cluster = scope.cluster();
        String namespacePattern = scope.namespace();
        this.namespace = namespacePattern == null ? null : patterns.compile(namespacePattern);
        this.label = LabelPattern.of(scope.label(), patterns);
        this.clusterLabel = LabelPattern.of(scope.clusterLabel(), patterns);
        this.namespaceLabel = LabelPattern.of(scope.namespaceLabel(), patterns);
    }

    Ternary holds(WorkloadContext context) {
        var metadata = context.workload().metadata();
        if (namespace != null && !namespace.matches(metadata.namespace())) return Ternary.FALSE;
        if (label != null && !label.isIn(metadata.labels())) return Ternary.FALSE;
        if (cluster == null && clusterLabel == null && namespaceLabel == null) return Ternary.TRUE;
        if (context.clusterId().isEmpty()) return Ternary.UNKNOWN;
        boolean rightCluster = cluster == null
                || cluster.equalsIgnoreCase(context.clusterId())
                || cluster.equalsIgnoreCase(context.clusterName());
        if (!rightCluster || (clusterLabel != null && !clusterLabel.isIn(context.clusterLabels())))
            return Ternary.FALSE;
        if (namespaceLabel == null) return Ternary.TRUE;
        if (context.unread().contains(ObjectType.NAMESPACE)) return Ternary.UNKNOWN;
        return Ternary.of(namespaceLabel.isIn(context.namespaceLabels()));
    }

    private record LabelPattern(TextPattern key, TextPattern value) {
        static @Nullable LabelPattern of(PolicyScope.@Nullable Label label, Patterns patterns) {
            return label == null
                    ? null
                    : new LabelPattern(patterns.compile(label.key()), patterns.compile(label.value()));
        }

        boolean isIn(Map<String, String> labels) {
            for (var entry : labels.entrySet()) {
                if (key.matches(entry.getKey()) && value.matches(entry.getValue())) return true;
            }
            return false;
        }
    }
}
