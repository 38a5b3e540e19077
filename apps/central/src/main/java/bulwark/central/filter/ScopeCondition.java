package bulwark.central.filter;

import bulwark.model.access.AccessScope;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// A caller's scope as a condition on rows, for every store to use.
public final class ScopeCondition {
    private ScopeCondition() {}

    /// Rows that belong to a cluster and a namespace.
    public static Condition rows(AccessScope scope, Field<UUID> clusterId, Field<String> namespace) {
        Condition condition = clusters(scope, clusterId);
        return scope.namespaces().isEmpty() ? condition : condition.and(namespace.in(scope.namespaces()));
    }

    /// Rows that belong to a cluster; what lies in its namespaces must be restricted apart.
    public static Condition clusters(AccessScope scope, Field<UUID> clusterId) {
        if (scope.clusterIds().isEmpty()) return DSL.noCondition();
        return clusterId.in(scope.clusterIds().stream().map(UUID::fromString).toList());
    }

    /// Rows that belong to no cluster: seen only by those who see everything.
    public static Condition global(AccessScope scope) {
        return scope.equals(AccessScope.EVERYTHING) ? DSL.noCondition() : DSL.falseCondition();
    }
}
