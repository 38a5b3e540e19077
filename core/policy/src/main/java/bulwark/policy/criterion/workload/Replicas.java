package bulwark.policy.criterion.workload;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.part.WorkloadPart;
import bulwark.policy.pattern.Patterns;

/// How many pods a workload is to have.
public final class Replicas implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Replicas", "The number of pods asked for compares with a number", new Grammar.Amount(""))
                .knowingBetter(
                        "Kinds without replicas (DaemonSet, Job, CronJob, Pod) are left out instead of counting as 0.");
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.number(group, Replicas::value);
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        return new Finding(
                "spec.replicas",
                String.valueOf(workload.workload().replicas()),
                "The workload asks for " + workload.workload().replicas() + " replicas");
    }

    private static double value(WorkloadPart workload) {
        Integer replicas = workload.workload().replicas();
        return replicas == null ? Double.NaN : replicas;
    }
}
