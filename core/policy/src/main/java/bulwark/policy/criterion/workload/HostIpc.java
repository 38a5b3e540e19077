package bulwark.policy.criterion.workload;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Combination;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.part.WorkloadPart;
import bulwark.policy.pattern.Patterns;

/// Whether the pods share the IPC namespace of their node; absent means that they do not.
public final class HostIpc implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload("Host IPC", "The pods share the IPC namespace of their node", new Grammar.Flag())
                .notNegatable()
                .taking(Combination.ONE);
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.flag(group, HostIpc::value);
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        boolean value = value(workload);
        return new Finding(
                workload.podPath("hostIPC"),
                Boolean.toString(value),
                value ? "The pods use the IPC namespace of their node" : "The pods have an IPC namespace of their own");
    }

    private static boolean value(WorkloadPart workload) {
        return workload.workload().podSpec().hostIpc();
    }
}
