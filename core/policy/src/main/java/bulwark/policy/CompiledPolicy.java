package bulwark.policy;

import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.Exclusion;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyScope;
import bulwark.model.policy.PolicySection;
import bulwark.policy.part.WorkloadPart;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.Ternary;
import bulwark.policy.pattern.TextPattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A policy ready to be asked of workloads: sections of which one must hold, within its scopes, outside its exclusions.
final class CompiledPolicy {
    private final Policy policy;
    private final Section[] sections;
    private final ScopeCondition[] scopes;
    private final Excluded[] exclusions;

    CompiledPolicy(Policy policy, Patterns patterns) {
        this.policy = policy;
        this.sections = new Section[policy.sections().size()];
        for (int i = 0; i < sections.length; i++) {
            PolicySection section = policy.sections().get(i);
            sections[i] = new Section(section.name(), Level.of(section.groups(), patterns));
        }
        this.scopes = policy.scopes().stream()
                .map(scope -> new ScopeCondition(scope, patterns))
                .toArray(ScopeCondition[]::new);
        this.exclusions = policy.exclusions().stream()
                .filter(exclusion -> exclusion.image() == null) // those are for images alone, at build time
                .map(exclusion -> Excluded.of(exclusion, patterns))
                .toArray(Excluded[]::new);
    }

    Policy policy() {
        return policy;
    }

    Section[] sections() {
        return sections;
    }

    /// Whether one section holds, scopes and exclusions aside.
    Ternary holds(WorkloadPart workload) {
        Ternary result = Ternary.FALSE;
        for (Section section : sections) {
            result = result.or(section.level.holds(workload));
            if (result == Ternary.TRUE) return result;
        }
        return result;
    }

    /// Whether the policy is meant for this workload: in one of its scopes and in none of its exclusions.
    Ternary applies(WorkloadContext context, Instant now) {
        Ternary in = scopes.length == 0 ? Ternary.TRUE : Ternary.FALSE;
        for (ScopeCondition scope : scopes) in = in.or(scope.holds(context));
        if (in == Ternary.FALSE) return Ternary.FALSE;
        Ternary out = Ternary.FALSE;
        for (Excluded exclusion : exclusions) {
            out = out.or(exclusion.holds(context, now));
            if (out == Ternary.TRUE) return Ternary.FALSE;
        }
        return in.and(out.not());
    }

    /// A section by its name.
    record Section(String name, Level level) {}

    private record Excluded(
            @Nullable TextPattern workload,
            @Nullable ScopeCondition scope,
            @Nullable Instant expiresAt) {
        static Excluded of(Exclusion exclusion, Patterns patterns) {
            String name = exclusion.workload();
            PolicyScope where = exclusion.scope();
            return new Excluded(
                    name == null || name.isEmpty() ? null : patterns.compile(name),
                    where == null ? null : new ScopeCondition(where, patterns),
                    exclusion.expiresAt());
        }

        Ternary holds(WorkloadContext context, Instant now) {
            if (workload == null && scope == null) return Ternary.FALSE; // excludes nothing rather than everything
            if (expiresAt != null && !now.isBefore(expiresAt)) return Ternary.FALSE;
            if (workload != null
                    && !workload.matches(context.workload().metadata().name())) return Ternary.FALSE;
            return scope == null ? Ternary.TRUE : scope.holds(context);
        }
    }
}
