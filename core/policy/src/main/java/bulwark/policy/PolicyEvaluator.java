package bulwark.policy;

import bulwark.model.alert.Violation;
import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.policy.part.WorkloadPart;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.Ternary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Policies compiled once and asked of many workloads: the one evaluator of Central, Admission and the CLI.
///
/// Immutable: several threads may use it. An answer depends only on the workload, what stands around it and the time
/// (exclusions expire), so that callers may keep answers of equal workloads.
public final class PolicyEvaluator {
    private final List<CompiledPolicy> policies;
    private final List<Rejection> rejections;
    private final Set<String> asked;
    private final PolicyLimits limits;

    private PolicyEvaluator(List<CompiledPolicy> policies, List<Rejection> rejections, PolicyLimits limits) {
        this.policies = policies;
        this.rejections = List.copyOf(rejections);
        this.limits = limits;
        var ids = new HashSet<String>();
        for (CompiledPolicy policy : policies) ids.add(policy.policy().id());
        this.asked = Set.copyOf(ids);
    }

    /// Compiles those policies that are enabled and about workloads, within the usual limits.
    public static PolicyEvaluator compile(List<Policy> policies) {
        return compile(policies, PolicyLimits.USUAL);
    }

    /// Compiles those policies that are enabled and about workloads. One that cannot be compiled is among the
    /// rejections, and the others are not touched by it.
    public static PolicyEvaluator compile(List<Policy> policies, PolicyLimits limits) {
        var patterns = new Patterns(limits.maxPatternLength(), limits.maxPatternSize());
        var compiled = new ArrayList<CompiledPolicy>();
        var rejections = new ArrayList<Rejection>();
        for (Policy policy : policies) {
            if (policy.disabled() || !policy.stages().contains(LifecycleStage.DEPLOY)) continue;
            List<Problem> problems = PolicyValidation.ofMatching(policy, limits, patterns);
            if (problems.isEmpty()) compiled.add(new CompiledPolicy(policy, patterns));
            else rejections.add(new Rejection(policy.id(), policy.name(), problems));
        }
        return new PolicyEvaluator(List.copyOf(compiled), rejections, limits);
    }

    /// The policies that could not be compiled.
    public List<Rejection> rejections() {
        return rejections;
    }

    /// The ids of the policies that are asked.
    public Set<String> asked() {
        return asked;
    }

    /// What the policies say of a workload.
    public Evaluation evaluate(WorkloadContext context, Instant now) {
        var workload = new WorkloadPart(context);
        var result = new Result();
        for (int i = 0; i < policies.size(); i++) {
            CompiledPolicy policy = policies.get(i);
            Ternary holds = policy.holds(workload);
            if (holds == Ternary.FALSE) continue;
            Ternary applies = policy.applies(context, now);
            if (applies == Ternary.FALSE) {
                if (holds == Ternary.TRUE) result.excluded.add(policy.policy().id());
            } else if (holds.and(applies) == Ternary.TRUE) {
                result.addViolations(policy, workload, limits.maxViolations());
            } else {
                result.addUndecided(policy, workload, holds);
            }
        }
        return new Evaluation(result.violations, result.undecided, result.excluded, asked, result.omitted);
    }

    private static final class Result {
        private final List<Violation> violations = new ArrayList<>();
        private final List<Undecided> undecided = new ArrayList<>();
        private final Set<String> excluded = new HashSet<>();
        private int omitted;

        private void addViolations(CompiledPolicy policy, WorkloadPart workload, int limit) {
            String id = policy.policy().id();
            var found = new LinkedHashSet<Violation>();
            for (CompiledPolicy.Section section : policy.sections()) {
                if (section.level().holds(workload) != Ternary.TRUE) continue;
                section.level().collect(workload, (part, finding, criterion) -> {
                    if (found.size() >= limit) omitted++;
                    else
                        found.add(new Violation(
                                id,
                                section.name(),
                                criterion,
                                part.container(),
                                finding.fieldPath(),
                                finding.value(),
                                finding.message()));
                });
            }
            violations.addAll(found);
        }

        private void addUndecided(CompiledPolicy policy, WorkloadPart workload, Ternary holds) {
            String id = policy.policy().id();
            if (holds == Ternary.TRUE) {
                String unknown = workload.context().clusterId().isEmpty()
                        ? "the cluster, which scope or exclusions name, is not known"
                        : "the labels of the namespace, which scope or exclusions name, are not known";
                undecided.add(new Undecided(id, "", unknown));
                return;
            }
            for (CompiledPolicy.Section section : policy.sections()) {
                if (section.level().holds(workload) == Ternary.UNKNOWN) {
                    undecided.add(
                            new Undecided(id, section.name(), section.level().unknownBecause(workload)));
                }
            }
        }
    }
}
